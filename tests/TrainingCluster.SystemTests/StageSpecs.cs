namespace TrainingCluster.SystemTests;

/// <summary>The stages alone, each from earlier versions.</summary>
public sealed class StageSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Fact]
    public async Task The_stages_one_by_one_give_the_bytes_of_the_pipeline()
    {
        using var folder = new StateFolder();
        var pipeline = (await UnbrokenRun.GetAsync()).Result;

        foreach (var (stage, job) in new[]
        {
            ("cnn-lstm", $"cnn_lstm/{Strategy}"), ("ppo", $"ppo/{Strategy}"), ("hybrid", $"hybrid/{Strategy}"),
        })
        {
            var result = new RunResult((await TrainAsync(stage, folder.State)).Expect(0).Json());
            Assert.Equal([job], result.Jobs.Select(one => RunResult.Text(one, "id")));
            Assert.Equal($"{job}@1.0.0", result.Version(job));
            Assert.Equal(pipeline.Digest(job, "model"), result.Digest(job, "model"));
        }

        var ensemble = new RunResult((await TrainAsync("ensemble", folder.State)).Expect(0).Json());
        Assert.Equal("ensemble/main@1.0.0", ensemble.Version("ensemble/main"));
        Assert.NotEqual(pipeline.Digest("ensemble/main", "model"), ensemble.Digest("ensemble/main", "model"));
    }

    [Fact]
    public async Task A_stage_on_other_bars_than_those_before_it_is_refused_before_anything_starts()
    {
        using var folder = new StateFolder();
        var state = folder.CopyOf((await UnbrokenRun.GetAsync()).State);
        var lines = await File.ReadAllLinesAsync(UnbrokenRun.Bars);
        var shorter = folder.File("shorter.csv", string.Join('\n', lines[..^1]));

        var byDefault = await Trainctl.RunAsync("train", "ppo", shorter, "--strategies", Strategy, "--state", state);
        var named = await Trainctl.RunAsync("train", "ppo", shorter, "--strategies", Strategy, "--state", state,
            "--cnn-lstm-model", $"cnn_lstm/{Strategy}@1.0.0");

        byDefault.ExpectError(3, $"cnn_lstm/{Strategy}", "trained on these bars");
        named.ExpectError(3, $"cnn_lstm/{Strategy}@1.0.0", "aapl-daily.csv");
        Assert.Single(Directory.GetDirectories(Path.Combine(state, "runs")));
    }

    [Fact]
    public async Task A_stage_without_the_one_before_it_says_what_to_train_first()
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(
            "train", "hybrid", UnbrokenRun.Bars, "--strategies", Strategy, "--state", folder.State);

        outcome.ExpectError(3, $"cnn_lstm/{Strategy}", $"ppo/{Strategy}", "train it first");
        Assert.False(Path.Exists(folder.State));
    }

    private static Task<Outcome> TrainAsync(string stage, string state) => Trainctl.RunAsync(
        "train", stage, UnbrokenRun.Bars, "--strategies", Strategy, "--seed", UnbrokenRun.Seed, "--state", state,
        "-o", "json");
}

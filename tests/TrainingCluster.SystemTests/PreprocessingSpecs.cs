using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.SystemTests;

/// <summary>Preparing data sets, checking files against templates and models, looking at saved pipelines.</summary>
public sealed class PreprocessingSpecs
{
    private const string Model = "hybrid/macd_momentum";

    private static readonly string Aapl = Samples.PathOf("aapl-daily.csv");

    [Fact]
    public async Task A_data_set_is_prepared_again_to_the_same_bytes_and_can_be_trained_on()
    {
        using var folder = new StateFolder();
        var prepared = await PrepareAsync(folder, "one");
        var again = await PrepareAsync(folder, "two");

        Assert.StartsWith("dataset_aapl-daily_", Path.GetFileName(prepared), StringComparison.Ordinal);
        foreach (var name in new[] { "dataset.csv", "features.csv", "pipeline.json" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(prepared, name)),
                await File.ReadAllBytesAsync(Path.Combine(again, name)));
        }

        var valid = await Trainctl.RunAsync(
            "data", "pipeline", "--validate", Path.Combine(prepared, "dataset.csv"), "-o", "json");
        var compared = await Trainctl.RunAsync(
            "preprocessors", "diff", Path.Combine(prepared, "pipeline.json"), Path.Combine(again, "pipeline.json"),
            "-o", "json");
        Assert.Equal(22, valid.Expect(0).Json().GetProperty("columns").GetInt32());
        Assert.Equal(0, compared.Expect(0).Json().GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_file_everything_that_was_imported_is_prepared()
    {
        using var folder = new StateFolder();
        var nothing = await Trainctl.RunAsync("data", "pipeline", "-r", "--state", folder.State);
        nothing.ExpectError(3, "no stored bars", "data import");
        (await Trainctl.RunAsync("data", "import", Aapl, "--state", folder.State)).Expect(0);

        var outcome = await Trainctl.RunAsync(
            new Surroundings { Folder = folder.Path }, "data", "pipeline", "-r", "--state", folder.State);

        outcome.Expect(0);
        var dataset = Assert.Single(Directory.GetDirectories(folder.Folder("data"), "dataset_*"));
        Assert.Equal(1261, File.ReadLines(Path.Combine(dataset, "dataset.csv")).Count());
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_refused_with_its_reasons_and_nothing_is_written()
    {
        using var folder = new StateFolder();
        var lines = await File.ReadAllLinesAsync(Aapl);
        var few = folder.File("few.csv", string.Join('\n', lines[..40]) + "\n");

        var validated = await Trainctl.RunAsync("data", "pipeline", "--validate", few);
        var ran = await Trainctl.RunAsync("data", "pipeline", "-r", few, "--out", folder.Folder("data"));
        var template = await Trainctl.RunAsync("data", "pipeline", "-r", Aapl, "--template", "moon");

        Assert.Contains("but at least", validated.Expect(5).Output);
        ran.ExpectError(2, "but at least");
        Assert.False(Directory.Exists(folder.Folder("data")));
        template.ExpectError(2, "there is no template 'moon'", "cnn_lstm");
        (await Trainctl.RunAsync("data", "pipeline", "--validate")).ExpectError(2, "--validate needs a file");
        (await Trainctl.RunAsync("data", "pipeline", Aapl)).ExpectError(2, "-r prepares it");
    }

    [Fact]
    public async Task Templates_are_listed_and_a_file_of_ones_own_is_checked_before_training()
    {
        using var folder = new StateFolder();
        var own = folder.File("own.json", """{"modelType":"cnn_lstm","version":1,"window":60,"steps":["melt"]}""");
        var broken = folder.File("broken.json", """{"modelType":"cnn_lstm","steps":[]}""");
        Task<Outcome> Train(string preprocessing) => Trainctl.RunAsync(
            "train", "cnn-lstm", Aapl, "--preprocessing", preprocessing, "--state", folder.State);

        var listed = (await Trainctl.RunAsync("data", "pipeline", "-o", "json")).Expect(0).Json();
        var shown = (await Trainctl.RunAsync("preprocessors", "show", "ppo")).Expect(0);

        Assert.Contains(listed.GetProperty("items").EnumerateArray(), item => RunResult.Text(item, "name") == "hybrid");
        Assert.Contains("reward_features(bars=20)", shown.Output);
        (await Train(own)).ExpectError(2, "there is no step 'melt'", "reward_features");
        (await Train(broken)).ExpectError(2, "broken.json", "version");
        (await Train("loud")).ExpectError(2, "--preprocessing is 'loud'", "minmax");
        (await Trainctl.RunAsync(
            Surroundings.With("TRAINING__PREPROCESSING", "loud"), "train", "cnn-lstm", Aapl, "--state", folder.State))
            .ExpectError(2, "training.preprocessing is 'loud'", "minmax");
        (await Trainctl.RunAsync("train", "pipeline", Aapl, "--reward-shaping", "-1", "--state", folder.State))
            .ExpectError(2, "ppo.shaping_weight is -1", "hybrid.shaping_weight is -1");
        Assert.False(Directory.Exists(folder.State));
    }

    [Fact]
    public async Task Models_are_saved_with_pipelines_that_files_can_be_checked_against()
    {
        using var folder = new StateFolder();
        var run = await UnbrokenRun.GetAsync();
        var lines = await File.ReadAllLinesAsync(Aapl);
        var mood = folder.File(
            "mood.csv", string.Join('\n', lines.Select((line, i) => line + (i == 0 ? ",mood" : ",1"))) + "\n");

        var listed = (await Trainctl.RunAsync("preprocessors", "list", "--state", run.State, "-o", "json"))
            .Expect(0).Json().GetProperty("items").EnumerateArray().ToArray();
        var own = await Trainctl.RunAsync(
            "data", "pipeline", "--validate", Aapl, "--model", Model, "--state", run.State);
        var other = await Trainctl.RunAsync(
            "data", "pipeline", "--validate", mood, "--model", Model, "--state", run.State);
        var diff = await Trainctl.RunAsync(
            "preprocessors", "diff", "cnn_lstm/macd_momentum", "cnn_lstm/rsi_mean_reversion", "--state", run.State);

        // Three strategies: an encoder's, two of an agent's, two of a hybrid's; and all members' of the ensemble.
        Assert.Equal(3 * (1 + 2 + 2) + 6, listed.Length);
        Assert.Contains("fitted on 2013", (await Trainctl.RunAsync(
            "preprocessors", "show", Model, "--state", run.State)).Expect(0).Output.Replace("  ", " "));
        Assert.Contains("valid for encoder", own.Expect(0).Output);
        Assert.Contains("not expected: mood", other.Expect(5).Output);
        Assert.Contains("- strategy(rule=macd_momentum)", diff.Expect(0).Output);
    }

    private static async Task<string> PrepareAsync(StateFolder folder, string name)
    {
        var outcome = await Trainctl.RunAsync(
            "data", "pipeline", "-r", Aapl, "--out", folder.Folder(name), "-o", "json");
        return RunResult.Text(outcome.Expect(0).Json().GetProperty("items")[0], "folder");
    }
}

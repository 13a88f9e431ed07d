using System.Text.Json;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.SystemTests;

/// <summary>What bars must be like to be trained on, and what is done to them first.</summary>
public sealed class TrainingDataSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Fact]
    public async Task Minutes_of_sessions_are_annualised_by_252_days_of_390()
    {
        using var folder = new StateFolder();
        var file = MarketFiles.Write(folder, MarketFiles.Minutes("MMM", 4 * 390, 5));

        var run = new RunResult((await TrainAsync(folder, file)).Expect(0).Json());

        AssertAnnualised(run, 252 * 390);
    }

    [Theory]
    // The stamps of a session include its last moment.
    [InlineData("npm-rsc_AAPL_1m.csv.gz", "2016-04-15", "2016-04-22", 252 * 391)]
    [InlineData("npm-rsc_BTCUSD-bitfinex_1m.csv.gz", "2016-04-10", "2016-04-12", 365.25 * 1440)]
    public async Task Real_minutes_train_and_are_annualised_by_their_sessions(
        string name, string from, string to, double barsPerYear)
    {
        if (SharedData.Find("bars", name) is not { } file)
        {
            return;
        }

        using var folder = new StateFolder();

        var run = new RunResult((await TrainAsync(
            folder, file, "--from", from, "--to", to, "--accept-quality")).Expect(0).Json());

        AssertAnnualised(run, barsPerYear);
    }

    [Fact]
    public async Task A_batch_that_does_not_pass_is_refused_with_its_findings_unless_a_person_accepts_it()
    {
        using var folder = new StateFolder();
        var lines = MarketFiles.Lines(MarketFiles.Minutes("HOLES", 4 * 390, 6));
        lines.RemoveRange(30, 150);
        lines.RemoveRange(700, 200);
        var file = folder.File("HOLES.csv", string.Join('\n', lines));

        var refused = await TrainAsync(folder, file);
        Assert.False(Path.Exists(folder.State));
        var accepted = await TrainAsync(folder, file, "--accept-quality");

        var problem = refused.ExpectError(5, "gaps", "below 0.95", "--accept-quality").Problem();
        Assert.Equal("data.not_passed", RunResult.Text(problem, "code"));
        var run = new RunResult(accepted.Expect(0).Json());
        var origin = Assert.Single(run.Document.GetProperty("data").EnumerateArray());
        Assert.Contains("below 0.95", origin.GetProperty("overruled")[0].GetString());
        Assert.Contains("accepted all the same", await File.ReadAllTextAsync(run.Report));
    }

    [Fact]
    public async Task What_can_be_repaired_is_and_every_repair_is_listed_with_its_line()
    {
        using var folder = new StateFolder();
        var lines = MarketFiles.Lines(MarketFiles.Daily("FIXED", 620, 7));
        (lines[100], lines[101]) = (lines[101], lines[100]);
        lines.Insert(201, lines[200]);
        var fields = lines[300].Split(',');
        fields[4] = "Infinity";
        lines[300] = string.Join(',', fields);
        var file = folder.File("FIXED.csv", string.Join('\n', lines));

        var trained = await TrainAsync(folder, file);

        var run = new RunResult(trained.Expect(0).Json());
        var origin = Assert.Single(run.Document.GetProperty("data").EnumerateArray());
        Assert.Equal(619, origin.GetProperty("bars").GetInt32());
        Assert.Equal(3, origin.GetProperty("repairs").EnumerateObject().Sum(rule => rule.Value.GetInt64()));
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(folder.State, "runs", run.Id, "data.json")));
        var repairs = kept.RootElement.GetProperty("symbols")[0].GetProperty("repairs").EnumerateArray()
            .Select(repair => repair.GetString()!).ToArray();
        Assert.Equal(3, repairs.Length);
        foreach (var line in new[] { "line 102", "line 201", "line 301" })
        {
            Assert.Contains(repairs, repair => repair.Contains(line, StringComparison.Ordinal));
            Assert.Contains(line, trained.Error);
        }

        Assert.Equal(
            RunResult.Text(run.Document, "dataDigest"), RunResult.Text(kept.RootElement, "sha256"));
        Assert.Contains("repaired:", await File.ReadAllTextAsync(run.Report));
    }

    [Fact]
    public async Task What_a_run_reads_of_the_store_is_held_against_its_clean_up_until_the_run_has_ended()
    {
        using var folder = new StateFolder();
        var file = MarketFiles.Write(folder, MarketFiles.Daily("HELD", 1500, 8));
        (await Trainctl.RunAsync("data", "import", file, "--state", folder.State)).Expect(0);
        IReadOnlyList<StoredBars> Shrink() =>
            new BarStore(Path.Combine(folder.State, "data"), TimeProvider.System, limitBytes: 1).Shrink();
        await using (var running = Trainctl.Start(
            "train", "pipeline", "store:HELD", "--strategies", Strategy, "--stages", "cnn-lstm,ppo", "--state",
            folder.State))
        {
            await running.SaysAsync($"ppo/{Strategy}: running ppo");
            await running.SignalAsync("INT");
            (await running.EndAsync(TimeSpan.FromSeconds(20))).Expect(130);
        }

        Assert.Empty(Shrink());
        (await Trainctl.RunAsync("train", "resume", "latest", "--state", folder.State)).Expect(0);
        Assert.Equal("HELD", Assert.Single(Shrink()).Key.Symbol);
    }

    private static void AssertAnnualised(RunResult run, double barsPerYear)
    {
        var metrics = run.Job($"cnn_lstm/{Strategy}").GetProperty("metrics");
        var ratio = metrics.GetProperty("sharpe").GetDouble() / metrics.GetProperty("sharpe_per_bar").GetDouble();
        Assert.Equal(barsPerYear, ratio * ratio, 1e-6 * barsPerYear);
    }

    private static Task<Outcome> TrainAsync(StateFolder folder, string file, params string[] more) => Trainctl.RunAsync(
        ["train", "cnn-lstm", file, "--strategies", Strategy, "--state", folder.State, "-o", "json", .. more]);
}

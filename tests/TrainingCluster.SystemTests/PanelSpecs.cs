using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>One model over several symbols, named as files, as a folder and as bars of the store.</summary>
public sealed class PanelSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Fact]
    public async Task Symbols_are_trained_on_together_and_told_apart_in_results_report_and_backtests()
    {
        using var folder = new StateFolder();
        var first = MarketFiles.Write(folder, MarketFiles.Daily("AAA", 900, 1), "bars");
        MarketFiles.Write(folder, MarketFiles.Daily("BBB", 860, 2), "bars");

        var trained = await Trainctl.RunAsync(
            "train", "pipeline", folder.Folder("bars"), "--strategies", Strategy, "--state", folder.State,
            "-o", "json");

        var run = new RunResult(trained.Expect(0).Json());
        Assert.Equal("succeeded", run.Status);
        Assert.Equal(
            ["AAA", "BBB"],
            run.Document.GetProperty("data").EnumerateArray().Select(origin => RunResult.Text(origin, "symbol")));
        var ready = Assert.Single(run.Document.GetProperty("readiness").EnumerateArray());
        Assert.Equal(Strategy, RunResult.Text(ready, "strategy"));
        Assert.NotEqual("", RunResult.Text(ready, "level"));
        Assert.Contains($"{Strategy}: readiness", trained.Error);
        var rows = run.Document.GetProperty("leaderboard").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(8 * 3, rows.Length);
        Assert.Equal(8, rows.Count(row => row.GetProperty("symbol").ValueKind == JsonValueKind.Null));
        Assert.Equal(8, rows.Count(row => row.GetProperty("symbol").GetString() == "BBB"));
        var report = await File.ReadAllTextAsync(run.Report);
        Assert.Contains("AAA: 900 bars", report);
        Assert.Contains($"{Strategy} on BBB", report);

        await BacktestsAsync(folder, run, first);
    }

    private static async Task BacktestsAsync(StateFolder folder, RunResult run, string first)
    {
        foreach (var job in new[] { $"hybrid/{Strategy}", "ensemble/main" })
        {
            var own = await Trainctl.RunAsync(
                "backtest", "--model", run.Version(job), "--state", folder.State, "-o", "json");
            Assert.Equal(2, own.Expect(0).Json().GetProperty("markets").GetArrayLength());
        }

        var fresh = MarketFiles.Write(folder, MarketFiles.Daily("CCC", 700, 3));
        foreach (var type in new[] { "cnn_lstm", "ppo", "hybrid" })
        {
            var other = await Trainctl.RunAsync(
                "backtest", first, fresh, "--model", run.Version($"{type}/{Strategy}"), "--state", folder.State,
                "-o", "json");
            var document = other.Expect(0).Json();
            Assert.Contains("decision bars are not unseen", RunResult.Text(document, "warning"));
            Assert.Equal(2, document.GetProperty("markets").GetArrayLength());
        }

        var shortFile = MarketFiles.Write(folder, MarketFiles.Daily("TINY", 70, 4));
        var few = await Trainctl.RunAsync(
            "backtest", shortFile, "--model", run.Version("ensemble/main"), "--state", folder.State);
        few.ExpectError(2, "70 bars", "looks", "back");
        var strange = await Trainctl.RunAsync(
            "backtest", UnbrokenRun.Bars, "--model", run.Version("ensemble/main"), "--state", folder.State);
        strange.ExpectError(5, "signal");
    }

    [Fact]
    public async Task Bars_of_the_store_and_of_a_file_train_together_with_strategies_of_ones_own()
    {
        using var folder = new StateFolder();
        var one = MarketFiles.Write(folder, MarketFiles.Daily("AAA", 900, 1));
        var two = MarketFiles.Write(folder, MarketFiles.Daily("BBB", 860, 2));
        var dip = folder.File("dip.json", """
            {
              "name": "dip", // bought
              "long": { "enter": "rsi(14) < 40", "exit": "rsi(14) > 60" },
              "barriers": { "horizon": 8, "profit": 1.5, "stop": 1.5 },
            }
            """);
        (await Trainctl.RunAsync("data", "import", two, "--state", folder.State)).Expect(0);

        var trained = await Trainctl.RunAsync(
            "train", "cnn-lstm", one, "store:bbb@1d", "--strategies", $"donchian_breakout(entry=30, exit=15),{dip}",
            "--spread", "0.0004", "--borrow", "0.05", "--state", folder.State, "-o", "json");

        var run = new RunResult(trained.Expect(0).Json());
        Assert.Equal(
            ["cnn_lstm/donchian_breakout-entry30-exit15", "cnn_lstm/dip"],
            run.Jobs.Select(job => RunResult.Text(job, "id")).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["AAA.csv", "store:bbb@1d"], run.Document.GetProperty("data").EnumerateArray()
            .Select(origin => RunResult.Text(origin, "source")));
        Assert.Contains("spread 0.0004, borrow 0.05", await File.ReadAllTextAsync(run.Report));
        var backtest = await Trainctl.RunAsync(
            "backtest", one, "--model", run.Version("cnn_lstm/dip"), "--state", folder.State, "-o", "json");
        Assert.Contains("not unseen", RunResult.Text(backtest.Expect(0).Json(), "warning"));
    }

    [Fact]
    public async Task What_does_not_go_together_or_is_nowhere_is_refused_before_anything_is_made()
    {
        using var folder = new StateFolder();
        var daily = MarketFiles.Write(folder, MarketFiles.Daily("AAA", 900, 1));
        var minutes = MarketFiles.Write(folder, MarketFiles.Minutes("MMM", 780, 2));

        (await Trainctl.RunAsync("train", "pipeline", daily, minutes, "--state", folder.State))
            .ExpectError(2, "'MMM'", "'AAA'", "each interval by itself");
        (await Trainctl.RunAsync("train", "pipeline", daily, daily, "--state", folder.State))
            .ExpectError(2, "'AAA' is there 2 times");
        (await Trainctl.RunAsync("train", "pipeline", "store:AAA@1d", "--state", folder.State))
            .ExpectError(3, "store:AAA@1d", "trainctl data import");
        (await Trainctl.RunAsync("train", "pipeline", "store:AAA@soon", "--state", folder.State))
            .ExpectError(2, "store:SYMBOL@1m");
        (await Trainctl.RunAsync(
            "train", "pipeline", daily, "--slippage", "-1", "--spread", "2", "--state", folder.State))
            .ExpectError(2, "slippage is -1", "spread is 2");
        (await Trainctl.RunAsync(
            "train", "pipeline", daily, "--strategies", "donchian_breakout(entry=0)", "--state", folder.State))
            .ExpectError(2, "entry", "whole number");
        Assert.False(Path.Exists(folder.State));
    }
}

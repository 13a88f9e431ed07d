using System.Text.Json;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.SystemTests;

/// <summary>Strategies on files, models on their own bars.</summary>
public sealed class BacktestSpecs
{
    private static readonly string Aapl = Samples.PathOf("aapl-daily.csv");

    [Fact]
    public async Task A_strategy_is_tested_on_a_file_and_leaves_a_report()
    {
        using var folder = new StateFolder();
        var report = Path.Combine(folder.Path, "report.html");

        var outcome = await Trainctl.RunAsync(
            "backtest", "--strategy", "donchian_breakout(entry=30)", Aapl, "--report", report,
            "--state", folder.State, "-o", "json");

        var document = outcome.Expect(0).Json();
        Assert.Equal(1259, document.GetProperty("strategy").GetProperty("bars").GetInt32());
        Assert.Equal(4, document.GetProperty("costSensitivity").GetArrayLength());
        Assert.Contains("<svg", await File.ReadAllTextAsync(report));
    }

    [Fact]
    public async Task Distinct_settings_are_counted_as_trials_and_exact_repeats_are_not()
    {
        using var folder = new StateFolder();
        async Task<JsonElement> EvidenceAsync(string strategy, params string[] more) => (await Trainctl.RunAsync(
            ["backtest", "--strategy", strategy, Aapl, "--state", folder.State, "-o", "json", .. more]))
            .Expect(0).Json().GetProperty("evidence");
        double Sharpe(JsonElement evidence) => evidence.GetProperty("sharpePerBar").GetDouble();

        var first = await EvidenceAsync("donchian_breakout(entry=30)");
        var again = await EvidenceAsync("donchian_breakout(exit=10, entry=30)", "--seed", "9");
        var second = await EvidenceAsync("donchian_breakout(entry=40)");
        var third = await EvidenceAsync("donchian_breakout(entry=40)", "--fee", "0.001");

        Assert.Equal(
            [1, 1, 2, 3], new[] { first, again, second, third }.Select(one => one.GetProperty("trials").GetInt32()));
        double[] sharpes = [Sharpe(first), Sharpe(second), Sharpe(third)];
        var variance = sharpes.Sum(one => Math.Pow(one - sharpes.Average(), 2)) / 2;
        Assert.Equal(variance, third.GetProperty("trialSharpeVariance").GetDouble(), variance * 1e-9);
        Assert.True(third.GetProperty("thresholdSharpePerBar").GetDouble() > 0);
        Assert.InRange(third.GetProperty("deflatedSharpeRatio").GetDouble(), 0, 1);
    }

    [Fact]
    public async Task The_settings_around_a_rule_are_trials_and_give_a_probability_of_overfitting()
    {
        using var folder = new StateFolder();
        string[] test = ["backtest", "--strategy", "donchian_breakout", Aapl, "--state", folder.State, "-o", "json"];

        var alone = (await Trainctl.RunAsync(test)).Expect(0).Json();
        var field = (await Trainctl.RunAsync([.. test, "--neighbours"])).Expect(0).Json();
        var declared = folder.File("own.json", """
            {
              "name": "dip",
              "long": { "enter": "rsi(14) < 40", "exit": "rsi(14) > 60" },
              "barriers": { "horizon": 8, "profit": 1.5, "stop": 1.5 },
            }
            """);

        Assert.Contains("--neighbours", alone.GetProperty("field").GetProperty("notComputed")
            .GetProperty("overfitting").GetString());
        var choice = field.GetProperty("field");
        Assert.InRange(choice.GetProperty("overfitting").GetProperty("probability").GetDouble(), 0, 1);
        Assert.Equal(9, choice.GetProperty("competitors").GetArrayLength());
        Assert.Equal(1, alone.GetProperty("evidence").GetProperty("trials").GetInt32());
        Assert.Equal(9, field.GetProperty("evidence").GetProperty("trials").GetInt32());
        (await Trainctl.RunAsync("backtest", "--strategy", declared, Aapl, "--neighbours", "--state", folder.State))
            .ExpectError(2, "no schema of settings");
        (await Trainctl.RunAsync("backtest", "--model", "x", "--neighbours", "--state", folder.State))
            .ExpectError(2, "--neighbours with --model");
        (await Trainctl.RunAsync("backtest", "--strategy", "donchian_breakout", Aapl, "--fee", "1,5"))
            .ExpectError(2, "--fee is '1,5'");
    }

    [Fact]
    public async Task Bars_pass_the_same_gate_as_for_training_and_repairs_are_told()
    {
        using var folder = new StateFolder();
        var lines = MarketFiles.Lines(MarketFiles.Daily("FIXED", 300, 7));
        (lines[100], lines[101]) = (lines[101], lines[100]);
        var repaired = folder.File("FIXED.csv", string.Join('\n', lines));
        lines.RemoveRange(150, 120);
        var holes = folder.File("HOLES.csv", string.Join('\n', lines));
        string[] test = ["backtest", "--strategy", "macd_momentum", "--state", folder.State, "-o", "json"];

        var passed = await Trainctl.RunAsync([.. test, repaired]);
        var refused = await Trainctl.RunAsync([.. test, holes]);
        var accepted = await Trainctl.RunAsync([.. test, holes, "--accept-quality"]);

        Assert.Equal(299, passed.Expect(0).Json().GetProperty("strategy").GetProperty("bars").GetInt32());
        Assert.Contains("repaired: ", passed.Error);
        refused.ExpectError(5, "may not be tested on", "--accept-quality");
        Assert.Contains("accepted although", accepted.Expect(0).Error);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_an_error_that_names_it()
    {
        using var folder = new StateFolder();
        var nowhere = Path.Combine(folder.Path, "missing", "report.html");

        var outcome = await Trainctl.RunAsync(
            "backtest", "--strategy", "macd_momentum", Aapl, "--report", nowhere, "--state", folder.State);

        outcome.ExpectError(2, nowhere);
    }

    [Fact]
    public async Task A_model_knows_its_own_bars_and_earns_what_its_evaluation_says()
    {
        var run = await UnbrokenRun.GetAsync();

        var outcome = await Trainctl.RunAsync(
            "backtest", "--model", "ppo/rsi_mean_reversion", "--state", run.State, "-o", "json");

        var strategy = outcome.Expect(0).Json().GetProperty("strategy");
        var info = (await Trainctl.RunAsync(
            "train", "info", "ppo/rsi_mean_reversion", "--state", run.State, "-o", "json")).Expect(0).Json();
        Assert.Equal(
            info.GetProperty("metrics").GetProperty("sharpe").GetDouble(),
            strategy.GetProperty("sharpeRatio").GetDouble(),
            1e-9);
        var evidence = info.GetProperty("evidence");
        Assert.Equal(run.Result.Jobs.Count, evidence.GetProperty("trials").GetInt32());
        Assert.Equal(
            strategy.GetProperty("sharpeRatio").GetDouble(), evidence.GetProperty("sharpeRatio").GetDouble(), 1e-9);
        Assert.Equal(
            evidence.GetProperty("deflatedSharpeRatio").GetDouble(),
            outcome.Json().GetProperty("evidence").GetProperty("deflatedSharpeRatio").GetDouble(),
            1e-9);
    }

    [Fact]
    public async Task Models_are_compared_on_the_bars_that_all_can_decide_at()
    {
        // Other bars than the run's own, whose trials other tests count.
        var (run, sp500) = (await UnbrokenRun.GetAsync(), Samples.PathOf("sp500-daily.csv"));
        string[] compare =
            ["train", "benchmark", "--models", "cnn_lstm/macd_momentum,ensemble/main", sp500, "--state", run.State];

        var document = (await Trainctl.RunAsync([.. compare, "-o", "json"])).Expect(0).Json();
        var table = (await Trainctl.RunAsync(compare)).Expect(0).Output;

        var rows = document.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal("buy and hold", RunResult.Text(rows[^1], "model"));
        Assert.Equal(
            ["cnn_lstm/macd_momentum@1.0.0", "ensemble/main@1.0.0"],
            rows[..^1].Select(row => RunResult.Text(row, "model")).Order(StringComparer.Ordinal));
        Assert.True(rows[0].GetProperty("sharpeRatio").GetDouble() >= rows[1].GetProperty("sharpeRatio").GetDouble());
        Assert.InRange(document.GetProperty("bars").GetInt32(), 1000, 20_000);
        Assert.True(document.GetProperty("trials").GetInt32() >= 2);
        Assert.Equal(2, document.GetProperty("field").GetProperty("competitors").GetArrayLength());
        Assert.Contains("reality check, p", table);
        (await Trainctl.RunAsync(
            "train", "benchmark", "--models", "ensemble/main,ensemble/main", sp500, "--state", run.State))
            .ExpectError(2, "more than once");
        (await Trainctl.RunAsync("train", "benchmark", sp500, "--state", run.State)).ExpectError(2, "--models");
    }

    [Theory]
    [InlineData("--strategy", "astrology", "There is no strategy 'astrology'")]
    [InlineData("--strategy", "donchian_breakout(entry=0)", "entry, value '0'")]
    [InlineData("--strategy", "nowhere.json", "there is no strategy file")]
    [InlineData("--fee", "2", "--fee is '2'")]
    public async Task Wrong_words_are_refused(string option, string value, string reason)
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync("backtest", Aapl, option, value, "--state", folder.State);

        outcome.ExpectError(2, reason);
    }
}

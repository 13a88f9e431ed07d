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
            "backtest", "--strategy", "donchian_breakout(entry=30)", Aapl, "--report", report, "-o", "json");

        var document = outcome.Expect(0).Json();
        Assert.Equal(1259, document.GetProperty("strategy").GetProperty("bars").GetInt32());
        Assert.Equal(4, document.GetProperty("costSensitivity").GetArrayLength());
        Assert.Contains("<svg", await File.ReadAllTextAsync(report));
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

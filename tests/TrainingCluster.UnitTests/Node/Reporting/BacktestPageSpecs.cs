using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Node.Reporting.Backtests;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.UnitTests.Node.Reporting;

public sealed class BacktestPageSpecs
{
    [Fact]
    public void The_page_needs_nothing_else_runs_no_script_and_is_the_same_each_time()
    {
        var bars = Samples.Aapl;
        var rule = StrategyCatalog.Get("donchian_breakout");
        BacktestStudy Study() => BacktestStudy.OfPositions(
            rule.Parameters, bars, BareRule.Positions(bars, rule), new IndexRange(0, bars.Count), new CostModel(),
            new Seed(1));

        var page = Page(Study(), "trainctl <backtest>");

        Assert.Equal(page, Page(Study(), "trainctl <backtest>"));
        SelfContained.Require(page);
        Assert.Contains("trainctl &lt;backtest&gt;", page);
        Assert.Contains("If trading were dearer", page);
        Assert.Contains("How far can this be believed?", page);
        Assert.Contains("minimum track record", page);
        Assert.Contains("not computed: it ranks several", page);
    }

    [Fact]
    public void The_page_carries_every_item_that_a_result_is_believed_by()
    {
        var rule = StrategyCatalog.Get("donchian_breakout");
        var bars = Samples.Aapl;
        var study = BacktestStudy.OfPositions(
            rule.Parameters, bars, BareRule.Positions(bars, rule), new IndexRange(0, bars.Count), new CostModel(),
            new Seed(1));
        study = study with { Neighbours = NeighbourStudy.Of(study, rule, new AccountOptions(), null) };

        var page = Page(study);

        EvidenceItems.Require(page);
        Assert.Contains("Where does the best of one half rank in the other?", page);
        Assert.Contains($"{bars.Digest}", page);
        Assert.Matches("capacity</td><td class=\"text\">[0-9,]+</td>", page);
    }

    [Fact]
    public void An_account_shows_its_events()
    {
        ImmutableArray<BarSeries> markets = [Samples.Aapl, Samples.Sp500];

        var study = BacktestStudy.OfRule(
            markets, StrategyCatalog.Get("average_cross"), new AccountOptions(), 0.002, new Seed(1));
        var page = Page(study);

        Assert.NotNull(study.Account);
        Assert.Contains("expired", page);
        Assert.Contains("the bar did not trade through", page);
    }

    [Fact]
    public void Too_few_bars_for_an_interval_are_said_so()
    {
        var bars = HandBarsOf(3);

        var study = BacktestStudy.OfPositions(
            "short", bars, new double[3], new IndexRange(0, 3), new CostModel(), new Seed(1));

        Assert.Contains("Nothing can be said", Page(study));
    }

    private static string Page(BacktestStudy study, string command = "trainctl backtest") => BacktestPage.Render(
        study, StudyEvidence.Of(study, new TrialPopulation(3, .0004), new Seed(1)), command, "1.0");

    private static BarSeries HandBarsOf(int count) => Bars.Daily(count).Build();
}

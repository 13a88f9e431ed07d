using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.UnitTests.Trading.Verdicts;

public sealed class EvidenceSpecs
{
    private const string NotComputed = "not computed: ";

    private static readonly BarSeries Market = HandBars.Synthetic(400);

    [Fact]
    public void Everything_that_must_be_shown_is_there_and_what_is_missing_says_why()
    {
        var evidence = Measure(new TrialPopulation(20, .0004));

        var lines = evidence.Lines().ToDictionary(line => line.Name, line => line.Value);

        Assert.All(lines.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
        Assert.Equal("20", lines["trials on these data"]);
        Assert.StartsWith(NotComputed, lines["effective trials"]);
        Assert.StartsWith(NotComputed, lines["Sharpe ratio at 0×, 1×, 2×, 3× the costs"]);
        Assert.False(lines["deflated Sharpe ratio"].StartsWith(NotComputed, StringComparison.Ordinal));
        Assert.DoesNotContain(lines.Values, value => value.TrimEnd() == NotComputed.TrimEnd());
    }

    [Fact]
    public void Figures_are_those_of_the_statistics_themselves()
    {
        var trials = new TrialPopulation(20, .0004, .5);
        var (result, metrics) = Backtested();

        var evidence = Measure(trials);

        var moments = Moments.Of(result.Returns.AsSpan());
        Assert.Equal(metrics.SharpePerBar, evidence.SharpePerBar.Value);
        Assert.Equal(metrics.SharpeLow!.Value / Math.Sqrt(252), evidence.SharpeInterval.Low!.Value, 1e-12);
        Assert.Equal(metrics.SharpeRatio!.Value, evidence.Annual.Plain.Value!.Value, 1e-12);
        Assert.Equal(trials.DeflatedSharpe(moments), evidence.DeflatedSharpe);
        Assert.True(evidence.DeflatedByEffective > evidence.DeflatedSharpe, "fewer trials deflate less");
        Assert.Equal(metrics.MaxDrawdownRatio, evidence.WorstDrawdown.Ratio);
        Assert.True(evidence.DrawdownTimes!.Value.From < evidence.DrawdownTimes.Value.To);
    }

    [Fact]
    public void Noise_is_no_evidence_and_an_undefined_figure_is_none_either()
    {
        Assert.Equal(SkillVerdict.NoEvidence, Measure(new TrialPopulation(20, .0004)).Verdict);
        Assert.Equal(SkillVerdict.NoEvidence, Measure(new TrialPopulation(20, null)).Verdict);
    }

    [Theory]
    [InlineData(.96, SkillVerdict.Skill)]
    [InlineData(.93, SkillVerdict.Weak)]
    public void The_verdict_follows_the_deflated_sharpe(double deflated, SkillVerdict expected)
    {
        var evidence = Measure(new TrialPopulation(1, null));

        Assert.Equal(
            expected,
            (evidence with { DeflatedSharpe = Estimate.Of(deflated) }).Verdict);
    }

    [Fact]
    public void Higher_costs_never_help()
    {
        var rows = BacktestStudy.OfPositions(
            "test", Market, Positions(400), new IndexRange(0, 400), new CostModel { SpreadRatio = .001 }, new Seed(1))
            .Sensitivity;

        Assert.Equal([0.0, 1, 2, 3], rows.Select(row => row.Factor));
        Assert.Equal(
            rows.Select(row => row.Metrics.TotalReturnRatio).OrderDescending(),
            rows.Select(row => row.Metrics.TotalReturnRatio));
        Assert.True(rows[0].Metrics.TotalReturnRatio > rows[3].Metrics.TotalReturnRatio);
    }

    [Fact]
    public void Returns_that_never_vary_leave_reasons_and_no_figures()
    {
        var result = Backtest.Run(Market, new double[400], new IndexRange(0, 400), new CostModel());
        var metrics = Performance.Measure(result, 252, new Seed(1));

        var evidence = Evidence.Of(
            result, metrics, 252, Market.Times[..result.Returns.Length], new TrialPopulation(3, .01));

        Assert.Null(evidence.DrawdownTimes);
        Assert.Contains("zero variance", evidence.DeflatedSharpe.Undefined);
        Assert.Contains("zero variance", evidence.SharpeInterval.Undefined);
        Assert.All(
            evidence.Lines().Where(line => line.Name.Contains("Sharpe ratio a year", StringComparison.Ordinal)),
            line => Assert.Contains("zero variance", line.Value));
    }

    [Fact]
    public void A_study_is_judged_against_holding_and_split_by_market()
    {
        var study = BacktestStudy.OfPositions(
            "test", Market, Positions(400), new IndexRange(0, 400), new CostModel(), new Seed(1));

        var judged = StudyEvidence.Of(study, new TrialPopulation(1, null), new Seed(2));

        Assert.Equal(study.Track.Result.Returns.Length, judged.Track.Regimes.Value!.Sum(regime => regime.Bars));
        Assert.Equal(4, judged.Track.Costs.Value!.Count);
        Assert.True(judged.Field.RealityCheck.IsKnown && judged.Field.SuperiorAbility.IsKnown);
        Assert.Contains("--neighbours", judged.Field.Overfitting.Missing);
        Assert.Equal("buy and hold", Assert.Single(judged.Field.Pairs).Other);
    }

    private static (BacktestResult Result, PerformanceMetrics Metrics) Backtested()
    {
        var result = Backtest.Run(Market, Positions(400), new IndexRange(0, 400), new CostModel());
        return (result, Performance.Measure(result, 252, new Seed(1)));
    }

    private static Evidence Measure(TrialPopulation trials)
    {
        var (result, metrics) = Backtested();
        return Evidence.Of(result, metrics, 252, Market.Times[..result.Returns.Length], trials);
    }

    private static double[] Positions(int count) =>
        [.. Enumerable.Range(0, count).Select(t => t / 7 % 3 - 1.0)];
}

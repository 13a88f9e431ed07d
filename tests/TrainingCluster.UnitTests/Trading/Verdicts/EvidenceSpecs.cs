using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;
using CostSensitivity = TrainingCluster.Trading.Verdicts.CostSensitivity;

namespace TrainingCluster.UnitTests.Trading.Verdicts;

public sealed class EvidenceSpecs
{
    [Fact]
    public void Everything_that_must_be_shown_is_there_and_what_is_missing_says_so()
    {
        var evidence = Measure(new TrialPopulation(20, .0004));

        var lines = evidence.Lines().ToDictionary(line => line.Name, line => line.Value);

        Assert.All(lines.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
        Assert.Equal("20", lines["trials"]);
        Assert.Equal("not computed", lines["probability of overfitting"]);
        Assert.Equal("not computed", lines["effective trials"]);
        Assert.Equal("not computed", lines["costs ×1, ×2, ×3"]);
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
        var bars = HandBars.Synthetic(400);
        var positions = Positions(bars.Count);

        var rows = CostSensitivity.Of(bars, positions, new IndexRange(0, 400), new CostModel());

        Assert.Equal([1.0, 2, 3], rows.Select(row => row.Multiple));
        Assert.True(rows[0].TotalReturnRatio > rows[1].TotalReturnRatio);
        Assert.True(rows[1].TotalReturnRatio > rows[2].TotalReturnRatio);
    }

    private static Evidence Measure(TrialPopulation trials)
    {
        var bars = HandBars.Synthetic(400);
        var result = Backtest.Run(bars, Positions(bars.Count), new IndexRange(0, 400), new CostModel());
        return Evidence.Of(result, 252, trials, new Seed(1));
    }

    private static double[] Positions(int count) =>
        [.. Enumerable.Range(0, count).Select(t => t / 7 % 3 - 1.0)];
}

using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;
using TrainingCluster.Trading.Verdicts;
using RealBars = TrainingCluster.Testing.MarketData.Samples;

namespace TrainingCluster.UnitTests.Trading.Strategies;

/// <summary>The settings around a rule, and what a backtest says of choosing among them.</summary>
public sealed class NeighbourhoodSpecs
{
    [Fact]
    public void One_setting_at_a_time_is_moved_by_each_factor()
    {
        var rule = StrategySpec.Parse("donchian_breakout(entry=40, exit=12)");

        var neighbours = Neighbourhood.Of(rule).Select(one => one.Parameters);

        Assert.Equal(
            new[] { (20, 12), (30, 12), (53, 12), (80, 12), (40, 6), (40, 9), (40, 16), (40, 24) }
                .Select(pair => $"donchian_breakout(entry={pair.Item1}, exit={pair.Item2})")
                .Select(text => StrategySpec.Parse(text).Parameters),
            neighbours);
    }

    [Fact]
    public void What_leaves_its_range_or_does_not_go_together_is_left_out()
    {
        foreach (var name in StrategyCatalog.Names)
        {
            var rule = StrategySpec.Parse(name);
            var neighbours = Neighbourhood.Of(rule);

            Assert.NotEmpty(neighbours);
            Assert.DoesNotContain(rule.Parameters, neighbours.Select(one => one.Parameters));
            Assert.Equal(neighbours.Length, neighbours.Select(one => one.Parameters).Distinct().Count());
        }

        // A fast average of 24 bars is not faster than a slow one of 20.
        var cross = Neighbourhood.Of(StrategySpec.Parse("average_cross(fast=12, slow=20)"));
        Assert.DoesNotContain(cross, one => one.Parameters.Contains("fast=24", StringComparison.Ordinal));
    }

    [Fact]
    public void A_backtest_with_neighbours_knows_the_probability_of_overfitting_and_one_without_says_what_to_do()
    {
        var rule = StrategySpec.Parse("donchian_breakout");
        var bars = RealBars.Sp500;
        var account = new AccountOptions();
        var alone = BacktestStudy.OfPositions(
            rule.Parameters, bars, BareRule.Positions(bars, rule), new IndexRange(0, bars.Count), account.Costs,
            new Seed(1));
        var study = alone with { Neighbours = NeighbourStudy.Of(alone, rule, account, null) };

        var (without, with) = (Judged(alone), Judged(study));

        Assert.Contains("--neighbours", without.Overfitting.Missing);
        Assert.InRange(with.Overfitting.Value!.Probability, 0, 1);
        Assert.Equal(1 + study.Neighbours.Length, with.Competitors.Length);
        Assert.Single(with.Pairs);
        Assert.Equal(without.RealityCheck.IsKnown, with.RealityCheck.IsKnown);
        Assert.True(with.RealityCheck.Value!.PValue >= 0);
        var trials = new TrialPopulation(9, 1e-4);
        Assert.InRange(
            StudyEvidence.Of(study, trials, new Seed(2)).Track.Trials.EffectiveCount!.Value, 1, 9);
        Assert.Null(StudyEvidence.Of(alone, trials, new Seed(2)).Track.Trials.EffectiveCount);
    }

    [Fact]
    public void Neighbours_are_walked_as_the_rule_itself_would_be()
    {
        var rule = StrategySpec.Parse("macd_momentum");
        var bars = RealBars.Aapl;
        var account = new AccountOptions { AllowShort = false };
        var study = BacktestStudy.OfRule([bars], rule, account, null, new Seed(1));

        var neighbours = NeighbourStudy.Of(study, rule, account, null);

        var one = neighbours[0];
        var own = BacktestStudy.OfRule([bars], one.Rule, account, null, new Seed(1)).Track.Result.Returns;
        Assert.Equal(own.AsEnumerable(), one.Returns.AsEnumerable());

        // Bars of the confidence change no decision of the bare rule, so that nothing was tried with them.
        Assert.DoesNotContain(neighbours, neighbour => neighbour.Returns.SequenceEqual(study.Track.Result.Returns));
        Assert.True(neighbours.Length < Neighbourhood.Of(rule).Length);
    }

    private static FieldEvidence Judged(BacktestStudy study) =>
        StudyEvidence.Of(study, new TrialPopulation(1, null), new Seed(2)).Field;
}

using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Jobs;
using TrainingCluster.UnitTests.Trading;

namespace TrainingCluster.UnitTests.Training.Ensembles;

public sealed class WeightingScoresSpecs
{
    [Fact]
    public void Regime_weights_and_equal_ones_are_kept_apart_with_ranging_markets_and_drawdowns_of_their_own()
    {
        var bars = HandBars.Synthetic(1200, regimes: true);
        var regimes = RegimeDetector.Fit(bars, new IndexRange(0, 600)).Detect(bars);
        var members = StrategyCatalog.Standard
            .Select(name => StrategyCatalog.Get(name).Evaluate(bars).Direction.Select(d => (double)d).ToArray())
            .ToArray();
        var comparison = EnsembleComparison.DynamicAgainstEqual(
            bars, StrategyCatalog.Standard, regimes, members,
            new IndexRange(600, 1200), new IndexRange(800, 1200), new CostModel());

        var scores = WeightingScores.Of(
            comparison.First.Backtest, comparison.Second.Backtest, regimes, Math.Sqrt(252));
        var read = WeightingScores.Read(Evaluation(scores.ToScores()));

        Assert.Equal(scores, read);
        Assert.Equal(comparison.First.MaxDrawdownRatio, scores.Dynamic.MaxDrawdown);
        Assert.Equal(comparison.Second.In(MarketRegime.Ranging).MaxDrawdownRatio, scores.Equal.RangingMaxDrawdown);
        Assert.Equal(comparison.First.In(MarketRegime.Ranging).Bars, scores.RangingBars);
        Assert.Equal(comparison.Difference!.PValue, scores.PValue);
        Assert.NotEqual(scores.Dynamic, scores.Equal);
    }

    [Fact]
    public void A_model_without_members_has_none() => Assert.Null(WeightingScores.Read(Evaluation([])));

    private static JobEvaluation Evaluation(IEnumerable<KeyValuePair<string, double?>> scores) => new()
    {
        JobId = "ensemble/main",
        Stage = Stage.Ensemble,
        Strategy = null,
        Agent = null,
        FirstBar = 0,
        TimesUtcMilliseconds = [],
        Positions = [],
        NextOpen = null!,
        NextClose = null!,
        Validation = null,
        Scores = scores.ToImmutableSortedDictionary(),
    };
}

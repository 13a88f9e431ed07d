using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Metrics;
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
        BacktestResult Weighted(EnsembleWeighting weighting) => Backtest.Run(
            bars,
            DynamicEnsemble.Blend(
                bars, StrategyCatalog.Standard, regimes, members, new IndexRange(600, 1200), new CostModel(), weighting)
                .Positions.AsSpan(),
            new IndexRange(800, 1200),
            new CostModel());
        var (weighted, equal) = (Weighted(EnsembleWeighting.RegimeAndPerformance), Weighted(EnsembleWeighting.Equal));

        var scores = WeightingScores.Of(weighted, equal, regimes, Math.Sqrt(252));
        var read = WeightingScores.Read(Evaluation(scores.ToScores()));

        var ranging = RegimeResult.Of(equal, regimes)[(int)MarketRegime.Ranging];
        Assert.Equal(scores, read);
        Assert.Equal(Drawdown.Worst(weighted.Equity.AsSpan()).Ratio, scores.Dynamic.MaxDrawdown);
        Assert.Equal((ranging.MaxDrawdownRatio, ranging.Bars), (scores.Equal.RangingMaxDrawdown, scores.RangingBars));
        Assert.InRange(scores.PValue!.Value, 0, 1);
        Assert.NotEqual(scores.Dynamic, scores.Equal);
    }

    [Fact]
    public void Several_symbols_have_no_regime_in_common()
    {
        var bars = HandBars.Synthetic(100);
        var result = Backtest.Run(
            bars, [.. Enumerable.Range(0, 100).Select(t => t % 2.0)], new IndexRange(0, 100), new CostModel());

        var scores = WeightingScores.Of(result, result, [], 1);

        Assert.Equal((null, null, null), (scores.RangingBars, scores.Dynamic.RangingSharpe, scores.PValue));
        Assert.Equal(scores, WeightingScores.Read(Evaluation(scores.ToScores())));
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

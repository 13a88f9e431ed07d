using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
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
        PanelResult Weighted(EnsembleWeighting weighting) => PanelBacktest.Run(
            bars,
            DynamicEnsemble.Blend(
                bars, StrategyCatalog.Standard, regimes, members, new IndexRange(600, 1200), new CostModel(), weighting)
                .Positions.AsSpan(),
            [new IndexRange(800, 1200)],
            new CostModel());
        var (weighted, equal) = (Weighted(EnsembleWeighting.RegimeAndPerformance), Weighted(EnsembleWeighting.Equal));

        var scores = WeightingScores.Of(weighted, equal, bars, [regimes]);
        var read = WeightingScores.Read(Evaluation(scores.ToScores()));

        var ranging = RegimeResult.Of(equal.Account, regimes)[(int)MarketRegime.Ranging];
        Assert.Equal(scores, read);
        Assert.Equal(Drawdown.Worst(weighted.Account.Equity.AsSpan()).Ratio, scores.Dynamic.MaxDrawdown);
        Assert.Equal((ranging.MaxDrawdownRatio, ranging.Bars), (scores.Equal.RangingMaxDrawdown, scores.RangingBars));
        Assert.InRange(scores.PValue!.Value, 0, 1);
        Assert.NotEqual(scores.Dynamic, scores.Equal);
    }

    [Fact]
    public void Over_several_symbols_ranging_markets_are_those_decisions_whose_own_symbol_ranges()
    {
        var panel = BarPanel.Of([Named(HandBars.Synthetic(100), "A"), Named(HandBars.Synthetic(100), "B")]);
        PanelResult Held(double share) => PanelBacktest.Run(
            panel, [.. Enumerable.Range(0, 200).Select(row => row % 2 * share)],
            [new IndexRange(0, 100), new IndexRange(0, 100)], new CostModel());
        ImmutableArray<MarketRegime> ranging = [.. Enumerable.Repeat(MarketRegime.Ranging, 100)];
        var half = ranging.SetItem(7, MarketRegime.Choppy);

        var scores = WeightingScores.Of(Held(1), Held(0.5), panel, [ranging, half]);

        Assert.Equal(2 * Held(1).Symbols[0].Returns.Length - 1, scores.RangingBars);
        Assert.NotNull(scores.Dynamic.RangingSharpe);
        Assert.NotEqual(scores.Dynamic.RangingReturn, scores.Equal.RangingReturn);
        Assert.Equal(scores, WeightingScores.Read(Evaluation(scores.ToScores())));
    }

    [Fact]
    public void A_model_without_members_has_none() => Assert.Null(WeightingScores.Read(Evaluation([])));

    private static BarSeries Named(BarSeries bars, string symbol) => BarSeries.Create(
        symbol, bars.Times.ToArray(), bars.Open.ToArray(), bars.High.ToArray(), bars.Low.ToArray(),
        bars.Close.ToArray(), bars.Volume.ToArray());

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

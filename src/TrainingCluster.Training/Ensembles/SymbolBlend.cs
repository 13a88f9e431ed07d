using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Ensembles;

/// <summary>The ensemble on one symbol: its regimes, and the members' positions there weighted by them.</summary>
/// <param name="Split">The windows that lie inside every member's own.</param>
/// <param name="Detector">Fitted on the symbol's training window.</param>
/// <param name="Track">Positions are by bar of the symbol.</param>
/// <param name="EqualWeights">The same members with equal weights.</param>
internal sealed record SymbolBlend(
    TimeSplit Split, RegimeDetector Detector, EnsembleTrack Track, EnsembleTrack EqualWeights)
{
    /// <summary>By bar of the symbol.</summary>
    public ImmutableArray<MarketRegime> Regimes { get; private init; } = [];

    public static SymbolBlend Of(BarPanel panel, int symbol, ImmutableArray<EnsembleMember> members, CostModel costs)
    {
        var (bars, start) = (panel.Symbols[symbol], panel.Starts[symbol]);
        var split = CommonSplit([.. members.Select(member => member.Data.Markets[symbol].Split)]);
        var detector = RegimeDetector.Fit(bars, split.Train);
        var regimes = detector.Detect(bars);
        double[][] positions =
            [.. members.Select(member => member.Positions.AsSpan(start, bars.Count).ToArray())];
        var walked = new IndexRange(split.Validation.Start, split.Test.End);
        EnsembleTrack Blend(EnsembleWeighting weighting) => DynamicEnsemble.Blend(
            bars, [.. members.Select(member => member.Strategy)], regimes, positions, walked, costs, weighting);

        return new SymbolBlend(
            split, detector, Blend(EnsembleWeighting.RegimeAndPerformance), Blend(EnsembleWeighting.Equal))
        {
            Regimes = regimes,
        };
    }

    /// <summary>Weights of some bars of the symbol.</summary>
    public ImmutableArray<ImmutableArray<double>> WeightsFrom(int bar, int count) =>
        Track.Weights.Slice(bar - Track.Window.Start, count);

    /// <summary>Names of the regimes of some bars of the symbol.</summary>
    public ImmutableArray<string> RegimesFrom(int bar, int count) =>
        [.. Track.Regimes.Slice(bar - Track.Window.Start, count).Select(EnsembleJob.Name)];

    /// <summary>Strategies differ in warm-up and label horizon.</summary>
    private static TimeSplit CommonSplit(ImmutableArray<TimeSplit> splits)
    {
        IndexRange Common(Func<TimeSplit, IndexRange> part)
        {
            var range = new IndexRange(splits.Max(s => part(s).Start), splits.Min(s => part(s).End));
            return range.Count > 0
                ? range
                : throw new JobInputException(
                    "the members' windows do not overlap; train them on the same bars");
        }

        return new TimeSplit(
            Common(s => s.Train), Common(s => s.Validation), Common(s => s.Test),
            splits.Max(s => s.PurgeBars), splits.Max(s => s.EmbargoBars));
    }
}

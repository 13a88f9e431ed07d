using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// Bars made ready for the learners of one strategy. Everything at bar t was computed from bars up to t.
/// </summary>
internal sealed record PreparedData
{
    public required BarSeries Bars { get; init; }

    public required IStrategyRule Rule { get; init; }

    public required StrategySignals Signals { get; init; }

    /// <summary>Average true range by bar, in price units; NaN before it is defined.</summary>
    public required double[] AverageTrueRange { get; init; }

    /// <summary>Scaled features, one row a bar.</summary>
    public required FeatureMatrix Matrix { get; init; }

    public required WindowView Windows { get; init; }

    public required LabelSet Labels { get; init; }

    public required TimeSplit Split { get; init; }

    public required PreprocessorSpec Preprocessor { get; init; }

    /// <summary>The bars of a range whose labels are valid, ascending.</summary>
    public ImmutableArray<int> LabelledBars(IndexRange range) =>
        [.. Enumerable.Range(range.Start, range.Count).Where(bar => Labels.Valid[bar])];

    /// <summary>All bars of a range, ascending.</summary>
    public static ImmutableArray<int> AllBars(IndexRange range) =>
        [.. Enumerable.Range(range.Start, range.Count)];
}

using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Leakage;

/// <summary>What a run gets.</summary>
/// <param name="Bars">The market.</param>
/// <param name="Labels">The only labels it may use: an audit may have shuffled them.</param>
/// <param name="Train">Bars to fit on.</param>
/// <param name="Test">Bars to decide on, after those.</param>
public sealed record PipelineInput(BarSeries Bars, PipelineLabels Labels, IndexRange Train, IndexRange Test);

/// <summary>Labels by bar.</summary>
/// <param name="Up">1 up, −1 down, 0 without label.</param>
/// <param name="LastBar">The last bar the label looks at.</param>
public sealed record PipelineLabels(ImmutableArray<sbyte> Up, ImmutableArray<int> LastBar);

/// <summary>One value a bar, known at its close; NaN where not defined.</summary>
public sealed record PipelineColumn(string Name, double[] Values);

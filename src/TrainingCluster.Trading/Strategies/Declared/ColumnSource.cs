using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>Where a column of a declared strategy comes from: a price, or one output of an indicator.</summary>
/// <param name="Price">The price, or null.</param>
/// <param name="Indicator">The indicator, or null.</param>
/// <param name="Output">Index of the indicator's output.</param>
/// <param name="WarmUp">The first bar at which it is defined.</param>
internal sealed record ColumnSource(PriceInput? Price, IndicatorSpec? Indicator, int Output, int WarmUp);

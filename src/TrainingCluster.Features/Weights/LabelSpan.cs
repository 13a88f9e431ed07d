namespace TrainingCluster.Features.Weights;

/// <summary>The stretch of time that a label looks at, for uniqueness and purging.</summary>
/// <param name="Group">Labels of one group share the market: a symbol, whatever the timeframe.</param>
/// <param name="Start">When the label begins, such as the stamp of the fill.</param>
/// <param name="End">When it ends; later than <paramref name="Start"/>, or equal for a label of a moment.</param>
public readonly record struct LabelSpan(string Group, long Start, long End);

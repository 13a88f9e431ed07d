namespace TrainingCluster.MarketData.Series;

/// <summary>
/// A numeric column of a source beside open, high, low, close and volume; it becomes a feature.
/// </summary>
/// <param name="Name">As the source spells it.</param>
/// <param name="Values">One number a bar; NaN where the source has none.</param>
public sealed record BarColumn(string Name, ReadOnlyMemory<double> Values);

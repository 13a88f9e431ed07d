namespace TrainingCluster.MarketData.Adjustments;

/// <summary>A jump that looks like a split.</summary>
/// <param name="Bar">The first bar at the new price.</param>
/// <param name="New">Shares after, for each <paramref name="Old"/> before; 2 and 1 for a two-for-one.</param>
/// <param name="Old">Shares before.</param>
public sealed record SplitCandidate(int Bar, int New, int Old);

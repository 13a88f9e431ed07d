namespace TrainingCluster.Features.Supertrend;

/// <param name="Period">Bars of the average true range, at least 1.</param>
/// <param name="Width">Distance of the bands in average true ranges.</param>
public sealed record SupertrendOptions(int Period = 10, double Width = 3);

namespace TrainingCluster.Features.Keltner;

/// <param name="Period">Bars of the average, at least 1.</param>
/// <param name="RangePeriod">Bars of the average true range, at least 1.</param>
/// <param name="Width">Distance of a band in average true ranges.</param>
public sealed record KeltnerOptions(int Period = 20, int RangePeriod = 10, double Width = 2);

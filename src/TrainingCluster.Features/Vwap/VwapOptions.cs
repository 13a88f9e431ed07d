namespace TrainingCluster.Features.Vwap;

/// <param name="Period">Bars, at least 1.</param>
public sealed record VwapOptions(int Period = 20);

namespace TrainingCluster.Features.Parkinson;

/// <param name="Period">Bars, at least 1.</param>
public sealed record ParkinsonOptions(int Period = 20);

namespace TrainingCluster.Features.Hma;

/// <param name="Period">Bars, at least 2.</param>
public sealed record HmaOptions(int Period = 16);

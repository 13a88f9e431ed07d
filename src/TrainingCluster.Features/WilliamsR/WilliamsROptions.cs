namespace TrainingCluster.Features.WilliamsR;

/// <param name="Period">Bars, at least 1.</param>
public sealed record WilliamsROptions(int Period = 14);

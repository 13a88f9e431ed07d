namespace TrainingCluster.Features.Atr;

/// <param name="Period">Bars, at least 1.</param>
public sealed record AtrOptions(int Period = 14);

namespace TrainingCluster.Features.Rsi;

/// <param name="Period">Bars, at least 1.</param>
public sealed record RsiOptions(int Period = 14);

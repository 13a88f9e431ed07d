namespace TrainingCluster.Features.Aroon;

/// <param name="Period">Bars back, at least 1.</param>
public sealed record AroonOptions(int Period = 25);

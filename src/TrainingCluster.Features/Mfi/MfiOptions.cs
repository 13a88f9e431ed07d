namespace TrainingCluster.Features.Mfi;

/// <param name="Period">Bars, at least 1.</param>
public sealed record MfiOptions(int Period = 14);

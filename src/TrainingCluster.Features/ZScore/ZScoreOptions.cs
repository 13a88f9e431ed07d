namespace TrainingCluster.Features.ZScore;

/// <param name="Period">Bars, at least 2.</param>
public sealed record ZScoreOptions(int Period = 20);

namespace TrainingCluster.Features.Wma;

/// <param name="Period">Bars; the newest weighs <c>period</c>, the oldest 1. At least 1.</param>
public sealed record WmaOptions(int Period = 30);

namespace TrainingCluster.Features.T3;

/// <param name="Period">Bars of each of the six averages, at least 1.</param>
/// <param name="Factor">Volume factor, 0 (plain averages) to 1.</param>
public sealed record T3Options(int Period = 5, double Factor = 0.7);

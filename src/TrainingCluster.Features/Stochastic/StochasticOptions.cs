namespace TrainingCluster.Features.Stochastic;

/// <param name="Period">Bars, at least 1.</param>
public sealed record StochasticOptions(int Period = 14);

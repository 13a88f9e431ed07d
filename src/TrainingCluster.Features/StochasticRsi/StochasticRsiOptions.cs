namespace TrainingCluster.Features.StochasticRsi;

/// <param name="RsiPeriod">Bars of the relative strength index, at least 1.</param>
/// <param name="Period">Bars of the stochastic over it, at least 1.</param>
/// <param name="Smooth">Bars of the average that gives %D, at least 1.</param>
public sealed record StochasticRsiOptions(int RsiPeriod = 14, int Period = 14, int Smooth = 3);

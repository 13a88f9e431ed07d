namespace TrainingCluster.Features.ChaikinMoneyFlow;

/// <param name="Period">Bars, at least 1.</param>
public sealed record ChaikinMoneyFlowOptions(int Period = 20);

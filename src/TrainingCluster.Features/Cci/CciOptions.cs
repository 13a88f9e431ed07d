namespace TrainingCluster.Features.Cci;

/// <param name="Period">Bars, at least 2.</param>
public sealed record CciOptions(int Period = 20);

namespace TrainingCluster.Features.AccelerationBands;

/// <param name="Period">Bars, at least 1.</param>
public sealed record AccelerationBandsOptions(int Period = 20);

namespace TrainingCluster.Features.ElderRay;

/// <param name="Period">Bars of the average, at least 1.</param>
public sealed record ElderRayOptions(int Period = 13);

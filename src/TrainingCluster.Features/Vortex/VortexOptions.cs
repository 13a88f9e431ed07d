namespace TrainingCluster.Features.Vortex;

/// <param name="Period">Bars, at least 1.</param>
public sealed record VortexOptions(int Period = 14);

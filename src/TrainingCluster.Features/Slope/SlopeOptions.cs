namespace TrainingCluster.Features.Slope;

/// <param name="Period">Bars, at least 2.</param>
public sealed record SlopeOptions(int Period = 14);

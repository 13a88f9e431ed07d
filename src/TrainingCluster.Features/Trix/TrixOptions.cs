namespace TrainingCluster.Features.Trix;

/// <param name="Period">Bars of each of the three averages, at least 1.</param>
public sealed record TrixOptions(int Period = 15);

namespace TrainingCluster.Features.Trima;

/// <param name="Period">Bars; the weights rise to the middle and fall again. At least 1.</param>
public sealed record TrimaOptions(int Period = 30);

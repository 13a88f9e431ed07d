namespace TrainingCluster.Features.Donchian;

/// <param name="Period">Bars, at least 1.</param>
public sealed record DonchianOptions(int Period = 20);

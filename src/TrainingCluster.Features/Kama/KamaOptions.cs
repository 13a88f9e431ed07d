namespace TrainingCluster.Features.Kama;

/// <param name="Period">Bars of the efficiency ratio, at least 1.</param>
/// <param name="Fast">Bars of the average in a perfect trend, at least 1.</param>
/// <param name="Slow">Bars of the average without any trend, more than <paramref name="Fast"/>.</param>
public sealed record KamaOptions(int Period = 10, int Fast = 2, int Slow = 30);

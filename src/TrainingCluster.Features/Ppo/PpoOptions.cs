namespace TrainingCluster.Features.Ppo;

/// <param name="Fast">Bars of the fast average, at least 1.</param>
/// <param name="Slow">Bars of the slow average, more than <paramref name="Fast"/>.</param>
public sealed record PpoOptions(int Fast = 12, int Slow = 26);

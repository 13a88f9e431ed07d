namespace TrainingCluster.Trading.Ensembles;

/// <summary>What an ensemble makes of its members' signals.</summary>
/// <param name="Score">Σ weight × confidence × signal, in [−1, 1].</param>
/// <param name="Signal">The score's sign: −1, 0 or 1.</param>
/// <param name="Confidence">The score's size, in [0, 1]: members that disagree take from each other.</param>
public readonly record struct BlendedSignal(double Score, int Signal, double Confidence);

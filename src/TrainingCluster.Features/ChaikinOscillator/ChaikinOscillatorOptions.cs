namespace TrainingCluster.Features.ChaikinOscillator;

/// <param name="Fast">Bars of the average that is taken from, at least 1.</param>
/// <param name="Slow">Bars of the average that is taken away, at least 1.</param>
public sealed record ChaikinOscillatorOptions(int Fast = 3, int Slow = 10);

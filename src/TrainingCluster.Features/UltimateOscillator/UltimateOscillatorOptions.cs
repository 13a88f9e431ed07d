namespace TrainingCluster.Features.UltimateOscillator;

/// <param name="Short">Bars of the part that weighs 4, at least 1.</param>
/// <param name="Middle">Bars of the part that weighs 2, at least 1.</param>
/// <param name="Long">Bars of the part that weighs 1, at least 1.</param>
public sealed record UltimateOscillatorOptions(int Short = 7, int Middle = 14, int Long = 28);

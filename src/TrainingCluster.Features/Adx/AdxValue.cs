namespace TrainingCluster.Features.Adx;

/// <param name="PlusDi">+DI, 0 to 100.</param>
/// <param name="MinusDi">−DI, 0 to 100.</param>
/// <param name="Adx">The average directional index, 0 to 100.</param>
public readonly record struct AdxValue(double PlusDi, double MinusDi, double Adx);

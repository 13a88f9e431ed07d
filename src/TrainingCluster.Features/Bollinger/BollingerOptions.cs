namespace TrainingCluster.Features.Bollinger;

/// <param name="Period">Bars, at least 2.</param>
/// <param name="Width">Distance of a band from the middle in standard deviations, above 0.</param>
/// <param name="Divisor">Bollinger divides by n; some spreadsheets divide by n−1.</param>
public sealed record BollingerOptions(
    int Period = 20, double Width = 2, DeviationDivisor Divisor = DeviationDivisor.Population);

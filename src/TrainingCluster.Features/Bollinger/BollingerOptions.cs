namespace TrainingCluster.Features.Bollinger;

/// <param name="Period">Bars, at least 2.</param>
/// <param name="Width">Distance of a band from the middle in standard deviations, above 0.</param>
/// <param name="Divisor">Bollinger divides by n; some spreadsheets divide by n−1.</param>
/// <param name="Middle">What the bands lie around; the deviation is always that about the mean.</param>
/// <param name="LowerWidth">Distance of the lower band where it differs; 0 = as the upper one.</param>
public sealed record BollingerOptions(
    int Period = 20,
    double Width = 2,
    DeviationDivisor Divisor = DeviationDivisor.Population,
    BollingerMiddle Middle = BollingerMiddle.Simple,
    double LowerWidth = 0);

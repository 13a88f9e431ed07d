using TrainingCluster.Features.Bollinger;

namespace TrainingCluster.Features.Deviation;

/// <param name="Period">Bars, at least 2.</param>
/// <param name="Width">What the deviation is multiplied with.</param>
/// <param name="Divisor">By n or by n−1.</param>
public sealed record DeviationOptions(
    int Period = 20, double Width = 1, DeviationDivisor Divisor = DeviationDivisor.Population);

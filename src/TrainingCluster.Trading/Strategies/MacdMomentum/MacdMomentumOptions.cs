using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.MacdMomentum;

/// <param name="Fast">Bars of the fast average, at least 1.</param>
/// <param name="Slow">Bars of the slow average, more than <paramref name="Fast"/>.</param>
/// <param name="SignalPeriod">Bars of the average over the line, at least 1.</param>
/// <param name="AtrPeriod">Bars of the average true range that scales the confidence, at least 1.</param>
/// <param name="HalfConfidenceAtr">The histogram, in average true ranges, that gives a confidence of
/// 1/2.</param>
public sealed record MacdMomentumOptions(
    int Fast = 12, int Slow = 26, int SignalPeriod = 9, int AtrPeriod = 14, double HalfConfidenceAtr = 0.2)
{
    /// <summary>Momentum needs time and is right about as often as wrong: symmetric and long.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 15, ProfitAtr: 1.5, StopAtr: 1.5);
}

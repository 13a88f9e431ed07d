using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.AverageCross;

/// <param name="Fast">Bars of the fast average, at least 1.</param>
/// <param name="Slow">Bars of the slow average, more than <paramref name="Fast"/>.</param>
/// <param name="BandAtr">How far the averages must stand apart, in average true ranges; at least 0.</param>
/// <param name="AtrPeriod">Bars of the average true range, at least 1.</param>
/// <param name="HalfConfidenceAtr">The distance of the averages, in average true ranges, that gives a confidence
/// of 1/2; above 0.</param>
public sealed record AverageCrossOptions(
    int Fast = 10, int Slow = 40, double BandAtr = 0.5, int AtrPeriod = 14, double HalfConfidenceAtr = 1)
{
    /// <summary>Averages are late: what they catch lasts.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 20, ProfitAtr: 2.5, StopAtr: 2.5);
}

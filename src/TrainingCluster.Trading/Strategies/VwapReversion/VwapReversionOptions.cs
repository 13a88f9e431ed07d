using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.VwapReversion;

/// <param name="Period">Bars of the volume-weighted price, at least 1.</param>
/// <param name="AtrPeriod">Bars of the average true range, at least 1.</param>
/// <param name="WidthAtr">How far a close must stand away to enter, in average true ranges; above 0.</param>
public sealed record VwapReversionOptions(int Period = 10, int AtrPeriod = 14, double WidthAtr = 1.5)
{
    /// <summary>The price that volume agreed on is near: quick either way.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 4, ProfitAtr: 0.75, StopAtr: 1);
}

using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.DonchianBreakout;

/// <param name="Entry">Bars of the channel whose break enters, at least 1.</param>
/// <param name="Exit">Bars of the channel whose break on the other side leaves, 1 to
/// <paramref name="Entry"/>.</param>
public sealed record DonchianBreakoutOptions(int Entry = 20, int Exit = 10)
{
    /// <summary>A trend is given time and room.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 20, ProfitAtr: 3, StopAtr: 2);
}

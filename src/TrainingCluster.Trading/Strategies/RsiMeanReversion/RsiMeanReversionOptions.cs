using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.RsiMeanReversion;

/// <param name="Period">Bars of the relative strength index, at least 1.</param>
/// <param name="Oversold">Enters long below this value, in (0, 50).</param>
/// <param name="Overbought">Enters short above this value, in (50, 100).</param>
public sealed record RsiMeanReversionOptions(int Period = 14, double Oversold = 30, double Overbought = 70)
{
    /// <summary>
    /// A reversion is quick and small: a near target, a short horizon and room to be early.
    /// </summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 5, ProfitAtr: 1, StopAtr: 1.5);
}

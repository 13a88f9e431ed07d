using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.BollingerReversion;

/// <param name="Period">Bars of the bands, at least 2.</param>
/// <param name="Width">Distance of a band from the middle in standard deviations, above 0.</param>
public sealed record BollingerReversionOptions(int Period = 20, double Width = 2)
{
    /// <summary>Back to the middle is about two deviations away: further than an oscillator's rebound.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 8, ProfitAtr: 1.25, StopAtr: 1.25);
}

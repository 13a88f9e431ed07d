using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.AtrBreakout;

/// <param name="ChannelPeriod">Bars of the exponential average in the middle of the channel, at least
/// 1.</param>
/// <param name="AtrPeriod">Bars of the average true range, at least 1.</param>
/// <param name="WidthAtr">Half the channel's width in average true ranges, above 0.</param>
public sealed record AtrBreakoutOptions(int ChannelPeriod = 20, int AtrPeriod = 14, double WidthAtr = 1.5)
{
    /// <summary>Breakouts either fail at once or run: a near stop and a far target.</summary>
    public BarrierOptions Barriers { get; init; } = new(HorizonBars: 10, ProfitAtr: 2, StopAtr: 1);
}

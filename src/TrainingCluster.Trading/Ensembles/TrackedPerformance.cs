namespace TrainingCluster.Trading.Ensembles;

/// <summary>How a strategy's last closed trades went. What needs trades that are not there is null.</summary>
/// <param name="Trades">Closed trades in the window.</param>
/// <param name="WinRate">Share with a net return above zero, in [0, 1].</param>
/// <param name="ProfitFactor">Gross profit / gross loss; null without losses.</param>
/// <param name="ProfitFactorIsInfinite">There were profits and no losses.</param>
/// <param name="SharpePerTrade">Mean / deviation of the net returns, not annualised.</param>
/// <param name="MaxDrawdownRatio">Worst fall of the trades' compounded equity, in [0, 1]; 0 without
/// trades.</param>
/// <param name="LosingStreak">Losses in a row up to the last trade, however many; not cut by the
/// window.</param>
public sealed record TrackedPerformance(
    int Trades,
    double? WinRate,
    double? ProfitFactor,
    bool ProfitFactorIsInfinite,
    double? SharpePerTrade,
    double MaxDrawdownRatio,
    int LosingStreak)
{
    public static TrackedPerformance None { get; } = new(0, null, null, false, null, 0, 0);
}

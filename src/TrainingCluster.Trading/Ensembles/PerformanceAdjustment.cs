namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// What recent trades do to a strategy's weight: four factors, each 1 where nothing speaks for or against it,
/// and their product within bounds. The weights are scaled back to a sum of 1 afterwards.
/// </summary>
/// <param name="WinRate">½ + win rate: ½ where all trades lost, 1½ where all won.</param>
/// <param name="ProfitFactor">½ + profit factor / 2, at most 1½: ½ where all was lost, 1 at break-even; 1½
/// without losses.</param>
/// <param name="Drawdown">1 − 2 × worst drawdown, at least ½: reached at a quarter of the equity.</param>
/// <param name="LosingStreak">1 up to two losses in a row, then × 0.8 for each more, at least 0.4; back to 1
/// at the next trade that does not lose.</param>
public sealed record PerformanceAdjustment(
    double WinRate, double ProfitFactor, double Drawdown, double LosingStreak)
{
    public const double Lowest = 0.25;
    public const double Highest = 2;

    /// <summary>
    /// Fewer trades than this say nothing about rates; a losing streak and a drawdown still count.
    /// </summary>
    public const int FewestTrades = 5;

    private const int ToleratedLosses = 2;
    private const double FactorOfFurtherLoss = 0.8;

    public static PerformanceAdjustment Neutral { get; } = new(1, 1, 1, 1);

    /// <summary>The product, in [<see cref="Lowest"/>, <see cref="Highest"/>].</summary>
    public double Factor => Math.Clamp(WinRate * ProfitFactor * Drawdown * LosingStreak, Lowest, Highest);

    public static PerformanceAdjustment Of(TrackedPerformance performance)
    {
        var enough = performance.Trades >= FewestTrades;
        var furtherLosses = Math.Max(0, performance.LosingStreak - ToleratedLosses);
        return new PerformanceAdjustment(
            enough && performance.WinRate is { } rate ? 0.5 + rate : 1,
            !enough ? 1
            : performance.ProfitFactorIsInfinite ? 1.5
            : performance.ProfitFactor is { } factor ? Math.Min(1.5, 0.5 + factor / 2)
            : 1,
            Math.Max(0.5, 1 - 2 * performance.MaxDrawdownRatio),
            Math.Max(0.4, Math.Pow(FactorOfFurtherLoss, furtherLosses)));
    }
}

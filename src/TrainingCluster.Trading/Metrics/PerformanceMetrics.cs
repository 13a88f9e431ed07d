namespace TrainingCluster.Trading.Metrics;

/// <summary>What a backtest showed, net of costs. What cannot be known is null, never zero.</summary>
/// <param name="SharpeRatio">Annualised by √(bars per year).</param>
/// <param name="SharpePerBar">As all statistics take it.</param>
/// <param name="SharpeLow">Lower end of the annualised 95 % interval: studentised stationary
/// bootstrap.</param>
/// <param name="SharpeHigh">Upper end of it.</param>
/// <param name="TotalReturnRatio">Final equity less 1.</param>
/// <param name="MaxDrawdownRatio">Largest loss from a peak as a share of the peak, in [0, 1].</param>
/// <param name="Trades">Stays in the market, one still open at the end included.</param>
/// <param name="WinRate">Share of trades with a net return above zero; null without trades.</param>
/// <param name="ProfitFactor">Gross profit / gross loss over trades; null without losses, see
/// <see cref="ProfitFactorIsInfinite"/>.</param>
/// <param name="Exposure">Mean absolute position, in [0, 1].</param>
/// <param name="AnnualReturnBasisPoints">Mean net return of a bar × bars per year × 10,000: arithmetic, as
/// the sum of rewards is.</param>
/// <param name="Bars">Decisions measured, flat ones included.</param>
/// <param name="Undefined">Why the Sharpe ratio or its interval is null, or null.</param>
public sealed record PerformanceMetrics(
    double? SharpeRatio,
    double? SharpePerBar,
    double? SharpeLow,
    double? SharpeHigh,
    double TotalReturnRatio,
    double MaxDrawdownRatio,
    int Trades,
    double? WinRate,
    double? ProfitFactor,
    double Exposure,
    double AnnualReturnBasisPoints,
    int Bars,
    string? Undefined)
{
    /// <summary>
    /// True where trades won and none lost: the profit factor is plus infinity, which JSON cannot say.
    /// </summary>
    public bool ProfitFactorIsInfinite { get; init; }

    /// <summary>
    /// Skewness of the net returns, for the probabilistic and deflated Sharpe; null without variance.
    /// </summary>
    public double? Skewness { get; init; }

    /// <summary>Raw kurtosis of the net returns (normal is 3); null without variance.</summary>
    public double? RawKurtosis { get; init; }
}

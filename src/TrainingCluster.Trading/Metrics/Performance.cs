using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Metrics;

/// <summary>Turns a backtest into its metrics.</summary>
public static class Performance
{
    private const double BasisPoints = 10_000;

    /// <param name="result">The backtest.</param>
    /// <param name="barsPerYear">To annualise with; above 0.</param>
    /// <param name="bootstrapSeed">Where the interval's resamples start: same seed, same interval.</param>
    /// <param name="resamples">At least 2; 2,000 keep the interval stable.</param>
    public static PerformanceMetrics Measure(
        BacktestResult result,
        double barsPerYear,
        Seed bootstrapSeed,
        int resamples = SharpeInterval.DefaultResamples)
    {
        ArgumentNullException.ThrowIfNull(result);
        var interval = SharpeInterval.Stationary(result.Returns.AsSpan(), bootstrapSeed, resamples);
        return Measure(result, barsPerYear, interval);
    }

    /// <summary>As <see cref="Measure(BacktestResult, double, Seed, int)"/>, without resampling an interval.</summary>
    public static PerformanceMetrics WithoutInterval(BacktestResult result, double barsPerYear)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Measure(result, barsPerYear, new IntervalEstimate(null, null, null));
    }

    private static PerformanceMetrics Measure(BacktestResult result, double barsPerYear, IntervalEstimate interval)
    {
        if (!(barsPerYear > 0 && double.IsFinite(barsPerYear)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(barsPerYear), barsPerYear, "the bars per year must be above 0 and finite");
        }

        var returns = result.Returns.AsSpan();
        var moments = Moments.Of(returns);
        var sharpe = SharpeStatistics.Sharpe(moments);
        var trades = result.Trades.Aggregate(
            default(TradeStatistics), (sum, trade) => sum.With(trade.NetReturn));
        var annualise = Math.Sqrt(barsPerYear);
        return new PerformanceMetrics(
            SharpeRatio: sharpe.Value * annualise,
            SharpePerBar: sharpe.Value,
            SharpeLow: interval.Low * annualise,
            SharpeHigh: interval.High * annualise,
            TotalReturnRatio: result.Equity[^1] - 1,
            MaxDrawdownRatio: Drawdown.Worst(result.Equity.AsSpan()).Ratio,
            Trades: trades.Count,
            WinRate: trades.WinRate,
            ProfitFactor: trades.ProfitFactor,
            Exposure: Exposure(result.Positions.AsSpan()),
            AnnualReturnBasisPoints: returns.IsEmpty ? 0 : moments.Mean * barsPerYear * BasisPoints,
            Bars: returns.Length,
            Undefined: sharpe.Undefined ?? interval.Undefined)
        {
            ProfitFactorIsInfinite = trades.ProfitFactorIsInfinite,
            Skewness = moments.HasVariance ? moments.Skewness : null,
            RawKurtosis = moments.HasVariance ? moments.Kurtosis.Value : null,
        };
    }

    private static double Exposure(ReadOnlySpan<double> positions)
    {
        var sum = 0.0;
        foreach (var position in positions)
        {
            sum += Math.Abs(position);
        }

        return positions.IsEmpty ? 0 : sum / positions.Length;
    }
}

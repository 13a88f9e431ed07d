using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Atr;

/// <summary>
/// The average true range in price units (Wilder 1978, "New Concepts in Technical Trading Systems", section
/// III): Wilder's average of true ranges. The first bar has no previous close and is left out, as TA-Lib
/// does; Wilder takes its high − low.
/// </summary>
public sealed class AtrIndicator(AtrOptions options)
{
    private readonly WilderAverage _average = new(PeriodRule.Require(options.Period, "atr.period"));
    private double _previousClose = double.NaN;

    /// <summary>Takes the next bar and answers the average, NaN for the first <c>period</c> bars.</summary>
    public double Next(double high, double low, double close)
    {
        var previous = _previousClose;
        _previousClose = close;
        return double.IsNaN(previous) ? double.NaN : _average.Next(TrueRange.Of(high, low, previous));
    }

    /// <summary>One value a bar; NaN before bar <c>period</c>.</summary>
    public static double[] Compute(
        ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, AtrOptions options)
    {
        var indicator = new AtrIndicator(options);
        var result = new double[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(high[t], low[t], close[t]);
        }

        return result;
    }

    /// <summary>One value a bar; NaN before bar <c>period</c>.</summary>
    public static double[] Compute(BarSeries bars, AtrOptions options) =>
        Compute(bars.High, bars.Low, bars.Close, options);
}

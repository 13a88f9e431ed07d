using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Rsi;

/// <summary>
/// The relative strength index, 0 to 100 (Wilder 1978, "New Concepts in Technical Trading Systems", section
/// VI): 100 · gain / (gain + loss) of Wilder's averages. 50 where both are zero, where TA-Lib says 0.
/// </summary>
public sealed class RsiIndicator(RsiOptions options)
{
    private readonly WilderAverage _gain = new(PeriodRule.Require(options.Period, "rsi.period"));
    private readonly WilderAverage _loss = new(options.Period);
    private double _previous = double.NaN;

    /// <summary>Takes the next close and answers the index, NaN for the first <c>period</c> closes.</summary>
    public double Next(double close)
    {
        var change = close - _previous;
        _previous = close;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var gain = _gain.Next(Math.Max(change, 0));
        var loss = _loss.Next(Math.Max(-change, 0));
        var movement = gain + loss;
        return movement == 0 ? 50 : 100 * (gain / movement);
    }

    /// <summary>One value a bar; NaN before bar <c>period</c>.</summary>
    public static double[] Compute(ReadOnlySpan<double> close, RsiOptions options)
    {
        var indicator = new RsiIndicator(options);
        var result = new double[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(close[t]);
        }

        return result;
    }
}

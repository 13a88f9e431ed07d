using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Macd;

/// <summary>
/// Moving average convergence–divergence (Appel 1979, "The Moving Average Convergence-Divergence Method").
/// Each average is seeded with the mean of its own first period; TA-Lib starts the fast one later, together
/// with the slow one, and comes to the same within some dozens of bars.
/// </summary>
public sealed class MacdIndicator
{
    private readonly EmaIndicator _fast;
    private readonly EmaIndicator _slow;
    private readonly EmaIndicator _signal;

    public MacdIndicator(MacdOptions options)
    {
        PeriodRule.Require(options.Fast, "macd.fast");
        PeriodRule.Require(options.Slow, "macd.slow", options.Fast + 1);
        PeriodRule.Require(options.Signal, "macd.signal");
        _fast = new EmaIndicator(new EmaOptions(options.Fast));
        _slow = new EmaIndicator(new EmaOptions(options.Slow));
        _signal = new EmaIndicator(new EmaOptions(options.Signal));
    }

    /// <summary>Takes the next close; each part is NaN until it is defined.</summary>
    public MacdValue Next(double close)
    {
        var line = _fast.Next(close) - _slow.Next(close);
        if (double.IsNaN(line))
        {
            return new MacdValue(double.NaN, double.NaN, double.NaN);
        }

        var signal = _signal.Next(line);
        return new MacdValue(line, signal, line - signal);
    }

    /// <summary>One value a bar: the line from bar slow−1 on, the rest from bar slow+signal−2 on.</summary>
    public static MacdValue[] Compute(ReadOnlySpan<double> close, MacdOptions options)
    {
        var indicator = new MacdIndicator(options);
        var result = new MacdValue[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(close[t]);
        }

        return result;
    }
}

using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Macd;

/// <summary>
/// Moving average convergence–divergence (Appel 1979, "The Moving Average Convergence-Divergence Method").
/// Authorities differ in how the averages begin, see <see cref="MacdSeeding"/>.
/// </summary>
public sealed class MacdIndicator
{
    private const double FixedFast = 0.15;
    private const double FixedSlow = 0.075;

    private readonly EmaIndicator _fast;
    private readonly EmaIndicator _slow;
    private readonly EmaIndicator _signal;
    private int _delay;

    public MacdIndicator(MacdOptions options)
    {
        PeriodRule.Require(options.Fast, "macd.fast");
        PeriodRule.Require(options.Slow, "macd.slow", options.Fast + 1);
        PeriodRule.Require(options.Signal, "macd.signal");
        var isFixed = options.Seeding == MacdSeeding.Fixed;
        var seed = isFixed ? EmaSeed.First : EmaSeed.Mean;
        var (fast, slow) = (new EmaOptions(options.Fast, seed), new EmaOptions(options.Slow, seed));
        _fast = isFixed ? new EmaIndicator(fast, FixedFast) : new EmaIndicator(fast);
        _slow = isFixed ? new EmaIndicator(slow, FixedSlow) : new EmaIndicator(slow);
        _signal = new EmaIndicator(new EmaOptions(options.Signal, seed));
        _delay = options.Seeding == MacdSeeding.Together ? options.Slow - options.Fast : 0;
    }

    /// <summary>Takes the next close; each part is NaN until it is defined.</summary>
    public MacdValue Next(double close)
    {
        var fast = _delay-- > 0 ? double.NaN : _fast.Next(close);
        _delay = Math.Max(_delay, 0);
        var line = fast - _slow.Next(close);
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

using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Rsi;

/// <summary>
/// The relative strength index, 0 to 100 (Wilder 1978, "New Concepts in Technical Trading Systems", section
/// VI): 100 · gain / (gain + loss) of Wilder's averages. 50 where both are zero, where TA-Lib says 0.
/// </summary>
public sealed class RsiIndicator(RsiOptions options) : IValueIndicator
{
    private readonly WilderAverage _gain = new(PeriodRule.Require(options.Period, "rsi.period"));
    private readonly WilderAverage _loss = new(options.Period);
    private readonly bool _isEarly = options.Start == RsiStart.Early && options.Period > 1;
    private double _previous = double.NaN;
    private double _gains;
    private double _losses;
    private int _changes;

    public int WarmUp => _isEarly ? options.Period - 1 : options.Period;

    /// <summary>Takes the next close and answers the index, NaN for the first <c>period</c> closes.</summary>
    public double Next(double value)
    {
        var change = value - _previous;
        _previous = value;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var gain = _gain.Next(Math.Max(change, 0));
        var loss = _loss.Next(Math.Max(-change, 0));
        return double.IsNaN(gain) && _isEarly ? Early(change) : Strength(gain, loss);
    }

    /// <summary>One value a bar; NaN before bar <c>period</c>.</summary>
    public static double[] Compute(ReadOnlySpan<double> close, RsiOptions options) =>
        new RsiIndicator(options).Compute(close);

    private static double Strength(double gain, double loss)
    {
        var movement = gain + loss;
        return movement == 0 ? 50 : 100 * (gain / movement);
    }

    private double Early(double change)
    {
        _gains += Math.Max(change, 0);
        _losses += Math.Max(-change, 0);
        return ++_changes == options.Period - 1 ? Strength(_gains, _losses) : double.NaN;
    }
}

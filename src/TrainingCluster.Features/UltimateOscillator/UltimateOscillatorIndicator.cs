using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.UltimateOscillator;

/// <summary>
/// The ultimate oscillator, 0 to 100 (Williams 1985, "The Ultimate Oscillator", Stocks and Commodities 3:4):
/// shares of buying pressure in the true range over three windows. A window without range counts as half.
/// </summary>
public sealed class UltimateOscillatorIndicator : IBarIndicator
{
    private readonly RollingSum[] _pressure;
    private readonly RollingSum[] _range;
    private double _previousClose = double.NaN;

    public UltimateOscillatorIndicator(UltimateOscillatorOptions options)
    {
        int[] periods =
        [
            PeriodRule.Require(options.Short, "ultosc.short"),
            PeriodRule.Require(options.Middle, "ultosc.middle"),
            PeriodRule.Require(options.Long, "ultosc.long"),
        ];
        WarmUp = periods.Max();
        _pressure = [.. periods.Select(period => new RollingSum(period))];
        _range = [.. periods.Select(period => new RollingSum(period))];
    }

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp { get; }

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var previous = _previousClose;
        _previousClose = bar.Close;
        outputs[0] = double.NaN;
        if (double.IsNaN(previous))
        {
            return;
        }

        var pressure = bar.Close - Math.Min(bar.Low, previous);
        var range = TrueRange.Of(bar.High, bar.Low, previous);
        var sum = 4 * Share(0, pressure, range) + 2 * Share(1, pressure, range) + Share(2, pressure, range);
        outputs[0] = 100 * sum / 7;
    }

    private double Share(int window, double pressure, double range)
    {
        var (pressures, ranges) = (_pressure[window].Next(pressure), _range[window].Next(range));
        return ranges == 0 ? 0.5 : pressures / ranges;
    }
}

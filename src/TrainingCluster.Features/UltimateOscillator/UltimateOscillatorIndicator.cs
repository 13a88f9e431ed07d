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
    private static readonly ImmutableArray<double> Weights = [4, 2, 1];

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

        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < Weights.Length; i++)
        {
            var pressure = _pressure[i].Next(bar.Close - Math.Min(bar.Low, previous));
            var range = _range[i].Next(TrueRange.Of(bar.High, bar.Low, previous));
            sum += Weights[i] * (range == 0 ? 0.5 : pressure / range);
            weights += Weights[i];
        }

        outputs[0] = 100 * sum / weights;
    }
}

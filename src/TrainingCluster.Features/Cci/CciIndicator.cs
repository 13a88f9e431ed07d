using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Cci;

/// <summary>
/// The commodity channel index (Lambert 1980, Commodities magazine, October): the distance of the typical
/// price from its mean, in units of .015 mean absolute deviations; 0 where the window does not move.
/// </summary>
public sealed class CciIndicator(CciOptions options) : IBarIndicator
{
    private const double Scale = 0.015;

    private readonly double[] _window = new double[PeriodRule.Require(options.Period, "cci.period", 2)];
    private int _place;
    private bool _isFull;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => _window.Length - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var typical = bar.Typical;
        _window[_place] = typical;
        _place = _place + 1 == _window.Length ? 0 : _place + 1;
        _isFull |= _place == 0;
        outputs[0] = _isFull ? Distance(typical) : double.NaN;
    }

    /// <summary>Four sums side by side, whatever the processor has: one alone waits for each addition.</summary>
    private double Distance(double typical)
    {
        var whole = MemoryMarshal.Cast<double, Vector256<double>>(_window);
        var rest = _window.AsSpan(whole.Length * Vector256<double>.Count);
        var sums = Vector256<double>.Zero;
        foreach (var values in whole)
        {
            sums += values;
        }

        var mean = Vector256.Sum(sums);
        foreach (var value in rest)
        {
            mean += value;
        }

        mean /= _window.Length;
        var means = Vector256.Create(mean);
        sums = Vector256<double>.Zero;
        foreach (var values in whole)
        {
            sums += Vector256.Abs(values - means);
        }

        var deviation = Vector256.Sum(sums);
        foreach (var value in rest)
        {
            deviation += Math.Abs(value - mean);
        }

        return deviation == 0 ? 0 : (typical - mean) / (Scale * deviation / _window.Length);
    }
}

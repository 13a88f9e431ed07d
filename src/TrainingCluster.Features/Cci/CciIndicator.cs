using System.Collections.Immutable;
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
    private int _seen;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => _window.Length - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var typical = bar.Typical;
        _window[_seen++ % _window.Length] = typical;
        outputs[0] = _seen < _window.Length ? double.NaN : Distance(typical);
    }

    private double Distance(double typical)
    {
        var mean = 0.0;
        foreach (var value in _window)
        {
            mean += value;
        }

        mean /= _window.Length;
        var deviation = 0.0;
        foreach (var value in _window)
        {
            deviation += Math.Abs(value - mean);
        }

        return deviation == 0 ? 0 : (typical - mean) / (Scale * deviation / _window.Length);
    }
}

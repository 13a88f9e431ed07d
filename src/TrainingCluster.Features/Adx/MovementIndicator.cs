using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Adx;

/// <summary>
/// Wilder's smoothed directional movement in price units, seeded as TA-Lib does: with the sum over the
/// period−1 bars after the first; and the same as shares of the true range. A period of 1 gives each bar's
/// own. Shares of bars without range are 0.
/// </summary>
public sealed class MovementIndicator(AdxOptions options) : IBarIndicator
{
    private readonly int _period = PeriodRule.Require(options.Period, "dm.period");
    private double _previousHigh = double.NaN;
    private double _previousLow = double.NaN;
    private double _previousClose = double.NaN;
    private double _range;
    private double _plus;
    private double _minus;
    private int _moves;

    public ImmutableArray<string> Outputs { get; } = ["plus", "minus", "plus_share", "minus_share"];

    public int WarmUp => Math.Max(1, _period - 1);

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var (plus, minus) = DirectionalMovement.Of(bar.High, bar.Low, _previousHigh, _previousLow);
        var range = TrueRange.Of(bar.High, bar.Low, _previousClose);
        (_previousHigh, _previousLow, _previousClose) = (bar.High, bar.Low, bar.Close);
        if (double.IsNaN(range))
        {
            outputs.Fill(double.NaN);
            return;
        }

        if (++_moves >= _period)
        {
            _plus -= _plus / _period;
            _minus -= _minus / _period;
            _range -= _range / _period;
        }

        (_plus, _minus, _range) = (_plus + plus, _minus + minus, _range + range);
        outputs.Fill(double.NaN);
        if (_moves >= _period - 1)
        {
            (outputs[0], outputs[1]) = (_plus, _minus);
            (outputs[2], outputs[3]) = _range == 0 ? (0, 0) : (_plus / _range, _minus / _range);
        }
    }
}

using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Supertrend;

/// <summary>
/// A trailing stop of average true ranges around the bars' middles that only moves with the trend (Seban
/// 2008, "Tout le monde mérite d'être riche"), and the side it is on: 1 up, −1 down.
/// </summary>
public sealed class SupertrendIndicator(SupertrendOptions options) : IBarIndicator
{
    private readonly AtrIndicator _range = new(new AtrOptions(PeriodRule.Require(options.Period, "supertrend.period")));
    private double _upper = double.PositiveInfinity;
    private double _lower = double.NegativeInfinity;
    private double _previousClose;
    private int _side;

    public ImmutableArray<string> Outputs { get; } = ["value", "side"];

    public int WarmUp => options.Period;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var distance = options.Width * _range.Next(bar.High, bar.Low, bar.Close);
        if (double.IsNaN(distance))
        {
            outputs.Fill(double.NaN);
            return;
        }

        var middle = (bar.High + bar.Low) / 2;
        var (upper, lower) = (middle + distance, middle - distance);
        _upper = _side == 0 || upper < _upper || _previousClose > _upper ? upper : _upper;
        _lower = _side == 0 || lower > _lower || _previousClose < _lower ? lower : _lower;
        _side = _side switch
        {
            1 => bar.Close < _lower ? -1 : 1,
            -1 => bar.Close > _upper ? 1 : -1,
            _ => bar.Close >= middle ? 1 : -1,
        };
        _previousClose = bar.Close;
        (outputs[0], outputs[1]) = (_side == 1 ? _lower : _upper, _side);
    }
}

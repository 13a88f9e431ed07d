using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Mfi;

/// <summary>
/// The money flow index, 0 to 100 (Quong and Soudack 1989, Stocks and Commodities 7:3): the share of money,
/// typical price times volume, that moved on bars whose typical price rose; 50 where none moved.
/// </summary>
public sealed class MfiIndicator(MfiOptions options) : IBarIndicator
{
    private readonly RollingSum _rising = new(PeriodRule.Require(options.Period, "mfi.period"));
    private readonly RollingSum _falling = new(options.Period);
    private double _previous = double.NaN;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var typical = bar.Typical;
        var change = typical - _previous;
        _previous = typical;
        if (double.IsNaN(change))
        {
            outputs[0] = double.NaN;
            return;
        }

        var money = typical * bar.Volume;
        var rising = _rising.Next(Condition.OrZero(change > 0, money));
        var moved = rising + _falling.Next(Condition.OrZero(change < 0, money));
        outputs[0] = moved == 0 ? 50 : 100 * (rising / moved);
    }
}

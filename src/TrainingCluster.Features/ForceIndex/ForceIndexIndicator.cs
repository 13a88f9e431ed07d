using System.Collections.Immutable;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.ForceIndex;

/// <summary>
/// The force index (Elder 1993, "Trading for a Living"): an exponential average of the close's change times
/// volume.
/// </summary>
public sealed class ForceIndexIndicator(ForceIndexOptions options) : IBarIndicator
{
    private readonly EmaIndicator _average = new(new EmaOptions(PeriodRule.Require(options.Period, "force.period")));
    private double _previous = double.NaN;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var change = bar.Close - _previous;
        _previous = bar.Close;
        outputs[0] = double.IsNaN(change) ? double.NaN : _average.Next(change * bar.Volume);
    }
}

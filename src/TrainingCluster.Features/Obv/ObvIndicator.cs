using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Obv;

/// <summary>
/// On-balance volume (Granville 1963, "New Key to Stock Market Profits"): the volume of bars that closed
/// higher less that of bars that closed lower, since the first bar, whose own volume begins it as in TA-Lib.
/// </summary>
public sealed class ObvIndicator : IBarIndicator
{
    private double _previous = double.NaN;
    private double _sum;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => 0;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        _sum += double.IsNaN(_previous) ? bar.Volume : Condition.Sign(bar.Close, _previous) * bar.Volume;
        _previous = bar.Close;
        outputs[0] = _sum;
    }
}

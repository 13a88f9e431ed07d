using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Adx;

/// <summary>
/// The directional index rating (Wilder 1978, section IV): the mean of the average directional index now and
/// period−1 bars ago.
/// </summary>
public sealed class AdxrIndicator(AdxOptions options) : IBarIndicator
{
    private readonly AdxIndicator _index = new(options);
    private readonly Delay _earlier = new(options.Period - 1);

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.WarmUp + options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var index = _index.Next(bar.High, bar.Low, bar.Close).Adx;
        outputs[0] = double.IsNaN(index) ? double.NaN : (index + _earlier.Next(index)) / 2;
    }
}

using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.AccumulationDistribution;

/// <summary>
/// The accumulation/distribution line (Chaikin, in Achelis 2000, "Technical Analysis from A to Z"): all
/// <see cref="MoneyFlow"/> volume since the first bar. Its level depends on where the bars begin.
/// </summary>
public sealed class AccumulationDistributionIndicator : IBarIndicator
{
    private double _line;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => 0;

    public void Next(in BarValues bar, Span<double> outputs) => outputs[0] = _line += MoneyFlow.VolumeOf(bar);
}

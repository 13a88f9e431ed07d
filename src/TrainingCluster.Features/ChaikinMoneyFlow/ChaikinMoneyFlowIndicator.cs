using System.Collections.Immutable;
using TrainingCluster.Features.AccumulationDistribution;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.ChaikinMoneyFlow;

/// <summary>
/// Money flow volume as a share of all volume, −1 to 1 (Chaikin, in Achelis 2000, "Technical Analysis from A
/// to Z"); 0 where nothing was traded.
/// </summary>
public sealed class ChaikinMoneyFlowIndicator(ChaikinMoneyFlowOptions options) : IBarIndicator
{
    private readonly RollingSum _flow = new(PeriodRule.Require(options.Period, "cmf.period"));
    private readonly RollingSum _volume = new(options.Period);

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var flow = _flow.Next(MoneyFlow.VolumeOf(bar));
        var volume = _volume.Next(bar.Volume);
        outputs[0] = volume == 0 ? 0 : flow / volume;
    }
}

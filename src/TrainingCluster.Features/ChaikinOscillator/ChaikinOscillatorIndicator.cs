using System.Collections.Immutable;
using TrainingCluster.Features.AccumulationDistribution;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.ChaikinOscillator;

/// <summary>
/// Fast less slow exponential average of the accumulation/distribution line (Chaikin, in Achelis 2000,
/// "Technical Analysis from A to Z"); both begin with the line's first value, as TA-Lib does.
/// </summary>
public sealed class ChaikinOscillatorIndicator(ChaikinOscillatorOptions options) : IBarIndicator
{
    private readonly EmaIndicator _fast =
        new(new EmaOptions(PeriodRule.Require(options.Fast, "adosc.fast"), EmaSeed.First));

    private readonly EmaIndicator _slow =
        new(new EmaOptions(PeriodRule.Require(options.Slow, "adosc.slow"), EmaSeed.First));

    private double _line;

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => Math.Max(_fast.WarmUp, _slow.WarmUp);

    public void Next(in BarValues bar, Span<double> outputs)
    {
        _line += MoneyFlow.VolumeOf(bar);
        outputs[0] = _fast.Next(_line) - _slow.Next(_line);
    }
}

using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Vwap;

/// <summary>
/// The typical price of the last bars, weighted by volume (Berkowitz, Logue, Noser 1988, "The Total Cost of
/// Transactions on the NYSE", over a sliding window in place of a day); their plain mean where nothing was
/// traded.
/// </summary>
public sealed class VwapIndicator(VwapOptions options) : IBarIndicator
{
    private readonly RollingSum _money = new(PeriodRule.Require(options.Period, "vwap.period"));
    private readonly RollingSum _volume = new(options.Period);
    private readonly SmaIndicator _price = new(options.Period);

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var typical = bar.Typical;
        var (money, volume, price) =
            (_money.Next(typical * bar.Volume), _volume.Next(bar.Volume), _price.Next(typical));
        outputs[0] = volume > 0 ? money / volume : double.IsNaN(volume) ? double.NaN : price;
    }
}

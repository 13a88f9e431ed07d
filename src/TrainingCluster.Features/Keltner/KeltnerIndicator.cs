using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Keltner;

/// <summary>
/// Keltner channels in Raschke's form (Keltner 1960, "How to Make Money in Commodities"; Connors and Raschke
/// 1995, "Street Smarts"): an exponential average of the close and average true ranges around it.
/// </summary>
public sealed class KeltnerIndicator(KeltnerOptions options) : IBarIndicator
{
    private readonly EmaIndicator _average = new(new EmaOptions(PeriodRule.Require(options.Period, "keltner.period")));
    private readonly AtrIndicator _range =
        new(new AtrOptions(PeriodRule.Require(options.RangePeriod, "keltner.range_period")));

    public ImmutableArray<string> Outputs { get; } = ["upper", "middle", "lower"];

    public int WarmUp => Math.Max(options.Period - 1, options.RangePeriod);

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var middle = _average.Next(bar.Close);
        var distance = options.Width * _range.Next(bar.High, bar.Low, bar.Close);
        (outputs[0], outputs[1], outputs[2]) = double.IsNaN(middle + distance)
            ? (double.NaN, double.NaN, double.NaN)
            : (middle + distance, middle, middle - distance);
    }
}

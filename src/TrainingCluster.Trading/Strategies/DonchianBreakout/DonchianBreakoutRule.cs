using TrainingCluster.Features.Donchian;
using TrainingCluster.Features.Indicators;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.DonchianBreakout;

/// <summary>
/// Follows closes beyond the extremes of the bars before (Donchian 1960, "Commodities: High Finance in Copper",
/// Financial Analysts Journal 16:6; two channels as in Faith 2007, "Way of the Turtle", chapter 5). Signal:
/// enters on the side of a close beyond the entry channel, leaves on a close beyond the far side of the exit
/// channel. Direction: the side of the last breakout; before the first one, the side of the middle. Confidence:
/// (1 + x) / 4, with x the distance from the middle in the direction, in half-widths of the entry channel.
/// </summary>
public sealed class DonchianBreakoutRule : CatalogueRule
{
    public const string RuleName = "donchian_breakout";

    private readonly DonchianBreakoutOptions _options;

    public DonchianBreakoutRule()
        : this(new DonchianBreakoutOptions())
    {
    }

    /// <exception cref="ArgumentException">The exit channel is longer than the entry channel.</exception>
    public DonchianBreakoutRule(DonchianBreakoutOptions options)
        : base(RuleName, options.Barriers, ("entry", options.Entry), ("exit", options.Exit))
    {
        if (options.Exit < 1 || options.Exit > options.Entry)
        {
            throw new ArgumentException(
                $"donchian_breakout leaves by {options.Exit} bars and enters by {options.Entry}; "
                + "the first must be at least 1 and at most the second",
                nameof(options));
        }

        _options = options;
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var entry = new DonchianIndicator(new DonchianOptions(_options.Entry));
        var exit = new DonchianIndicator(new DonchianOptions(_options.Exit));
        var columns = new SignalColumns(bars.Count);
        Span<double> outer = [double.NaN, double.NaN, double.NaN];
        Span<double> inner = [double.NaN, double.NaN, double.NaN];
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var brokenOut = 0;
        for (var t = 0; t < close.Length; t++)
        {
            // The channels still end at the bar before.
            if (!double.IsNaN(outer[0]))
            {
                var breakout = close[t] > outer[0] ? 1 : close[t] < outer[2] ? -1 : 0;
                brokenOut = breakout == 0 ? brokenOut : breakout;
                var distance = close[t] - outer[1];
                var half = outer[0] - outer[1];
                var lean = brokenOut == 0 ? distance : brokenOut;
                var stopped = columns.Signal > 0 ? close[t] < inner[2] : close[t] > inner[0];
                columns.Set(
                    t,
                    breakout != 0 ? breakout : stopped ? 0 : columns.Signal,
                    half > 0 ? (1 + (lean > 0 ? 1 : -1) * distance / half) / 4 : 0,
                    lean);
            }

            var bar = new BarValues(open[t], high[t], low[t], close[t], 0);
            entry.Next(bar, outer);
            exit.Next(bar, inner);
        }

        return columns.Finish();
    }
}

using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Ema;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.AtrBreakout;

/// <summary>
/// Follows closes beyond a channel of average true ranges around an exponential average (Keltner 1960, "How
/// to Make Money in Commodities", in the form Raschke gave it). Signal: enters on the side of a close beyond
/// the channel, leaves when a close crosses the middle. Direction: the side of the last breakout; before the
/// first one, the side of the middle. Confidence: (1 + x) / 4, with x the distance from the middle in the
/// direction, in half-widths: 0 at the far edge, 1/2 at the own edge, 1 three half-widths out.
/// </summary>
public sealed class AtrBreakoutRule(AtrBreakoutOptions options) : CatalogueRule(
    RuleName,
    options.Barriers,
    ("channel", options.ChannelPeriod),
    ("atr", options.AtrPeriod),
    ("width", options.WidthAtr))
{
    public const string RuleName = "atr_breakout";

    private readonly double _width =
        StrategyParameters.RequirePositive(options.WidthAtr, "atr_breakout.width_atr");

    public AtrBreakoutRule()
        : this(new AtrBreakoutOptions())
    {
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var average = new EmaIndicator(new EmaOptions(options.ChannelPeriod));
        var range = new AtrIndicator(new AtrOptions(options.AtrPeriod));
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var columns = new SignalColumns(bars.Count);
        var brokenOut = 0;
        for (var t = 0; t < close.Length; t++)
        {
            var middle = average.Next(close[t]);
            var width = _width * range.Next(high[t], low[t], close[t]);
            if (double.IsNaN(middle) || double.IsNaN(width))
            {
                continue;
            }

            var distance = close[t] - middle;
            var breakout = distance > width ? 1 : distance < -width ? -1 : 0;
            brokenOut = breakout == 0 ? brokenOut : breakout;
            var lean = brokenOut == 0 ? distance : brokenOut;
            var side = lean > 0 ? 1 : -1;
            columns.Set(
                t,
                columns.EnterOrStay(breakout, distance),
                width > 0 ? (1 + side * distance / width) / 4 : 0,
                lean);
        }

        return columns.Finish();
    }
}

using TrainingCluster.Features.Bollinger;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.BollingerReversion;

/// <summary>
/// Buys closes below the lower band and sells closes above the upper one (Bollinger 2001, "Bollinger on
/// Bollinger Bands", chapter 15). Signal: enters beyond a band, leaves when a close crosses the middle.
/// Direction: long below the middle, short above; at the middle exactly it stays what it was. Confidence: half
/// the distance from the middle in half-widths: 1/2 at a band, 1 from twice as far on.
/// </summary>
public sealed class BollingerReversionRule(BollingerReversionOptions options) : CatalogueRule(
    RuleName, options.Barriers, ("period", options.Period), ("width", options.Width))
{
    public const string RuleName = "bollinger_reversion";

    private readonly double _width =
        StrategyParameters.RequirePositive(options.Width, "bollinger_reversion.width");

    public BollingerReversionRule()
        : this(new BollingerReversionOptions())
    {
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var indicator = new BollingerIndicator(new BollingerOptions(options.Period, _width));
        var columns = new SignalColumns(bars.Count);
        var close = bars.Close;
        for (var t = 0; t < close.Length; t++)
        {
            var band = indicator.Next(close[t]);
            if (double.IsNaN(band.Middle))
            {
                continue;
            }

            var lean = band.Middle - close[t];
            var half = band.Upper - band.Middle;
            var entry = close[t] < band.Lower ? 1 : close[t] > band.Upper ? -1 : 0;
            columns.Set(
                t,
                columns.EnterOrStay(entry, lean),
                half > 0 ? Math.Abs(lean) / half / 2 : 0,
                lean);
        }

        return columns.Finish();
    }
}

using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Vwap;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.VwapReversion;

/// <summary>
/// Expects closes far from the volume-weighted price of the last bars to return to it (the benchmark of Berkowitz,
/// Logue, Noser 1988, over a sliding window). Signal: enters against a close further away than the width, leaves
/// when a close crosses the price. Direction: long below the price, short above; at the price exactly it stays
/// what it was. Confidence: half the distance in widths: 1/2 where it enters, 1 from twice as far on.
/// </summary>
public sealed class VwapReversionRule(VwapReversionOptions options) : CatalogueRule(
    RuleName, options.Barriers, ("period", options.Period), ("atr", options.AtrPeriod), ("width", options.WidthAtr))
{
    public const string RuleName = "vwap_reversion";

    private readonly double _width =
        StrategyParameters.RequirePositive(options.WidthAtr, "vwap_reversion.width");

    public VwapReversionRule()
        : this(new VwapReversionOptions())
    {
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var price = new VwapIndicator(new VwapOptions(options.Period));
        var range = new AtrIndicator(new AtrOptions(options.AtrPeriod));
        var columns = new SignalColumns(bars.Count);
        Span<double> agreed = [double.NaN];
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var volume = bars.Volume;
        for (var t = 0; t < close.Length; t++)
        {
            price.Next(new BarValues(open[t], high[t], low[t], close[t], volume[t]), agreed);
            var width = _width * range.Next(high[t], low[t], close[t]);
            if (double.IsNaN(agreed[0]) || double.IsNaN(width))
            {
                continue;
            }

            var lean = agreed[0] - close[t];
            var entry = lean > width ? 1 : lean < -width ? -1 : 0;
            columns.Set(
                t,
                columns.EnterOrStay(entry, lean),
                width > 0 ? Math.Abs(lean) / width / 2 : 0,
                lean);
        }

        return columns.Finish();
    }
}

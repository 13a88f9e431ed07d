using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Macd;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.MacdMomentum;

/// <summary>
/// Follows the convergence and divergence of two averages (Appel 1979, "The Moving Average
/// Convergence-Divergence Method"). Signal: long while line and histogram are both above zero, short while
/// both are below, else out. Direction: the sign of the histogram; at zero exactly it stays what it was.
/// Confidence: x / (x + half), with x = |histogram| / average true range; 0 where the range is zero.
/// </summary>
public sealed class MacdMomentumRule(MacdMomentumOptions options) : CatalogueRule(
    RuleName,
    options.Barriers,
    ("fast", options.Fast),
    ("slow", options.Slow),
    ("signal", options.SignalPeriod),
    ("atr", options.AtrPeriod),
    ("half", options.HalfConfidenceAtr))
{
    public const string RuleName = "macd_momentum";

    private readonly double _half = StrategyParameters.RequirePositive(
        options.HalfConfidenceAtr, "macd_momentum.half_confidence_atr");

    public MacdMomentumRule()
        : this(new MacdMomentumOptions())
    {
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var indicator = new MacdIndicator(new MacdOptions(options.Fast, options.Slow, options.SignalPeriod));
        var range = new AtrIndicator(new AtrOptions(options.AtrPeriod));
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var columns = new SignalColumns(bars.Count);
        for (var t = 0; t < close.Length; t++)
        {
            var macd = indicator.Next(close[t]);
            var atr = range.Next(high[t], low[t], close[t]);
            if (double.IsNaN(macd.Histogram) || double.IsNaN(atr))
            {
                continue;
            }

            var agree = macd.Line * macd.Histogram > 0;
            var strength = atr > 0 ? Math.Abs(macd.Histogram) / atr : 0;
            columns.Set(
                t,
                agree ? Math.Sign(macd.Histogram) : 0,
                strength / (strength + _half),
                macd.Histogram);
        }

        return columns.Finish();
    }
}

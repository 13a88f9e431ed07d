using TrainingCluster.Features.Rsi;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.RsiMeanReversion;

/// <summary>
/// Buys weakness and sells strength of the relative strength index (Wilder 1978, "New Concepts in Technical
/// Trading Systems", section VI). Signal: enters long below the oversold value and short above the overbought
/// one, leaves when the index is back at 50. Direction: long while the index is below 50, short while above;
/// at 50 exactly it stays what it was. Confidence: |index − 50| / 30, at most 1: 2/3 at 30 and 70, 1 from 20
/// and 80 outwards.
/// </summary>
public sealed class RsiMeanReversionRule : CatalogueRule
{
    public const string RuleName = "rsi_mean_reversion";

    private const double Middle = 50;
    private const double FullConfidence = 30;

    private readonly RsiMeanReversionOptions _options;

    public RsiMeanReversionRule()
        : this(new RsiMeanReversionOptions())
    {
    }

    public RsiMeanReversionRule(RsiMeanReversionOptions options)
        : base(
            RuleName,
            options.Barriers,
            ("period", options.Period),
            ("oversold", options.Oversold),
            ("overbought", options.Overbought))
    {
        if (!(options.Oversold is > 0 and < Middle && options.Overbought is > Middle and < 100))
        {
            throw new ArgumentException(
                $"rsi_mean_reversion enters at {options.Oversold} and {options.Overbought}; "
                + "the first must lie in (0, 50) and the second in (50, 100)",
                nameof(options));
        }

        _options = options;
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var indicator = new RsiIndicator(new RsiOptions(_options.Period));
        var close = bars.Close;
        var columns = new SignalColumns(bars.Count);
        for (var t = 0; t < close.Length; t++)
        {
            var index = indicator.Next(close[t]);
            if (double.IsNaN(index))
            {
                continue;
            }

            // Strength above the middle argues for a fall.
            var lean = Middle - index;
            var entry = index < _options.Oversold ? 1 : index > _options.Overbought ? -1 : 0;
            columns.Set(
                t,
                columns.EnterOrStay(entry, lean),
                Math.Abs(lean) / FullConfidence,
                lean);
        }

        return columns.Finish();
    }
}

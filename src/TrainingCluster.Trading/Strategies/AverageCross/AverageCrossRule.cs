using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.AverageCross;

/// <summary>
/// Follows a fast average across a slow one, with a band in which it stays out (Brock, Lakonishok, LeBaron 1992,
/// "Simple Technical Trading Rules and the Stochastic Properties of Stock Returns", Journal of Finance 47:5; the
/// band here in average true ranges). Signal: long while the fast average is above the slow one by more than the
/// band, short while below by more, else out. Direction: the sign of the distance; at zero exactly it stays what
/// it was. Confidence: x / (x + half), with x = |distance| / average true range; 0 where the range is zero.
/// </summary>
public sealed class AverageCrossRule : CatalogueRule
{
    public const string RuleName = "average_cross";

    private readonly AverageCrossOptions _options;

    public AverageCrossRule()
        : this(new AverageCrossOptions())
    {
    }

    /// <exception cref="ArgumentException">The averages are not fast and slow, or a distance is out of
    /// range.</exception>
    public AverageCrossRule(AverageCrossOptions options)
        : base(
            RuleName,
            options.Barriers,
            ("fast", options.Fast),
            ("slow", options.Slow),
            ("band", options.BandAtr),
            ("atr", options.AtrPeriod),
            ("half", options.HalfConfidenceAtr))
    {
        StrategyParameters.RequirePositive(options.HalfConfidenceAtr, "average_cross.half");
        if (options.Fast < 1 || options.Slow <= options.Fast)
        {
            throw new ArgumentException(
                $"average_cross crosses {options.Fast} and {options.Slow} bars; the first must be at least 1 and "
                + "less than the second",
                nameof(options));
        }

        if (!(options.BandAtr >= 0 && double.IsFinite(options.BandAtr)))
        {
            throw new ArgumentException(
                $"average_cross.band is {options.BandAtr}; it must be at least 0 and finite", nameof(options));
        }

        _options = options;
    }

    public override StrategySignals Evaluate(BarSeries bars)
    {
        var fast = new SmaIndicator(_options.Fast);
        var slow = new SmaIndicator(_options.Slow);
        var range = new AtrIndicator(new AtrOptions(_options.AtrPeriod));
        var columns = new SignalColumns(bars.Count);
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        for (var t = 0; t < close.Length; t++)
        {
            var distance = fast.Next(close[t]) - slow.Next(close[t]);
            var atr = range.Next(high[t], low[t], close[t]);
            if (double.IsNaN(distance) || double.IsNaN(atr))
            {
                continue;
            }

            var strength = atr > 0 ? Math.Abs(distance) / atr : 0;
            columns.Set(
                t,
                Math.Abs(distance) > _options.BandAtr * atr ? Math.Sign(distance) : 0,
                strength / (strength + _options.HalfConfidenceAtr),
                distance);
        }

        return columns.Finish();
    }
}

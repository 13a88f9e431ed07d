using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Adjustments;

/// <summary>
/// Makes prices before a split or dividend comparable with those after it: earlier prices are divided by the
/// shares of a split, their volumes multiplied by it; a dividend D scales earlier prices by 1 − D / C, C being
/// the close before it (the method of the Center for Research in Security Prices).
/// </summary>
public static class PriceAdjustment
{
    /// <exception cref="ArgumentException">A factor is not above zero, or a dividend exceeds the close.</exception>
    public static (BarSeries Bars, RepairList Repairs) Apply(BarSeries bars, IEnumerable<PriceFactor> factors)
    {
        var log = new RepairLog();
        var (prices, volumes) = (new double[bars.Count], new double[bars.Count]);
        var (price, volume) = (1.0, 1.0);
        var next = bars.Count;
        foreach (var factor in factors.OrderByDescending(factor => factor.From))
        {
            var bar = FirstAtOrAfter(bars.Times, factor.From);
            Fill(bar);
            if (bar == 0)
            {
                continue;
            }

            Require(factor, bars.Close[bar - 1]);
            price *= (1 - factor.Dividend / bars.Close[bar - 1]) / factor.SharesPerOld;
            volume *= factor.SharesPerOld;
            log.Add(new BarRepair(
                factor.SharesPerOld != 1 ? "split" : "dividend", bars.Symbol, null, factor.From, string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{bar} earlier bars: prices times {price:0.######}, volumes times {volume:0.######} in all")));
        }

        Fill(0);
        var draft = bars.ToDraft() with
        {
            Open = Scaled(bars.Open, prices),
            High = Scaled(bars.High, prices),
            Low = Scaled(bars.Low, prices),
            Close = Scaled(bars.Close, prices),
            Volume = Scaled(bars.Volume, volumes),
        };
        return (BarSeries.Create(draft), log.ToList());

        void Fill(int start)
        {
            prices.AsSpan(start, Math.Max(0, next - start)).Fill(price);
            volumes.AsSpan(start, Math.Max(0, next - start)).Fill(volume);
            next = Math.Min(next, start);
        }
    }

    private static void Require(PriceFactor factor, double close)
    {
        if (!(factor.SharesPerOld > 0) || !(factor.Dividend >= 0) || !(factor.Dividend < close))
        {
            throw new ArgumentException(
                $"the factor of {BarRules.Stamp(factor.From)} must have shares above zero and a dividend from 0 to "
                + $"below the close before it, {close}");
        }
    }

    private static double[] Scaled(ReadOnlySpan<double> values, double[] factors)
    {
        var scaled = new double[values.Length];
        for (var t = 0; t < scaled.Length; t++)
        {
            scaled[t] = values[t] * factors[t];
        }

        return scaled;
    }

    private static int FirstAtOrAfter(ReadOnlySpan<long> times, long milliseconds)
    {
        var index = times.BinarySearch(milliseconds);
        return index >= 0 ? index : ~index;
    }
}

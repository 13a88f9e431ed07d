using System.Globalization;

namespace TrainingCluster.MarketData.Series;

/// <summary>What every <see cref="BarSeries"/> keeps: the rules that all later code relies on.</summary>
internal static class BarRules
{
    private const long EarliestStamp = -62_135_596_800_000;
    private const long LatestStamp = 253_402_300_799_999;

    public static void Check(BarDraft bars, BarViolations violations)
    {
        if (!LengthsAgree(bars, violations))
        {
            return;
        }

        CheckNames(bars, violations);
        CheckOrder(bars, violations);
        CheckPrices(bars, bars.Names.Open, bars.Open.Span, violations);
        CheckPrices(bars, bars.Names.High, bars.High.Span, violations);
        CheckPrices(bars, bars.Names.Low, bars.Low.Span, violations);
        CheckPrices(bars, bars.Names.Close, bars.Close.Span, violations);
        CheckVolumes(bars, violations);
        foreach (var column in bars.Extra)
        {
            CheckExtra(bars, column, violations);
        }
    }

    private static bool LengthsAgree(BarDraft bars, BarViolations violations)
    {
        var columns = new List<(string Name, int Length)>
        {
            ("open", bars.Open.Length), ("high", bars.High.Length), ("low", bars.Low.Length),
            ("close", bars.Close.Length), ("volume", bars.Volume.Length),
        };
        columns.AddRange(bars.Extra.Select(column => (column.Name, column.Values.Length)));
        var before = violations.Total;
        foreach (var (name, length) in columns.Where(column => column.Length != bars.Count))
        {
            var rule = $"must have {Text(bars.Count)} values, one a stamp";
            violations.Add(new BarViolation(bars.Source, null, name, Text(length), rule));
        }

        return violations.Total == before;
    }

    private static void CheckNames(BarDraft bars, BarViolations violations)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in bars.Extra.Where(column => !seen.Add(column.Name)))
        {
            violations.Add(new BarViolation(bars.Source, null, column.Name, null, "must appear once"));
        }
    }

    private static void CheckOrder(BarDraft bars, BarViolations violations)
    {
        var times = bars.Times.Span;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] is < EarliestStamp or > LatestStamp)
            {
                violations.Add(
                    At(bars, i, bars.Names.Time, Text(times[i]), "must lie in the years 1 to 9999"));
            }

            if (i == 0 || times[i] > times[i - 1])
            {
                continue;
            }

            var rule = times[i] == times[i - 1]
                ? "must be later than the stamp before it, but repeats it; keep one bar a stamp"
                : $"must be later than the stamp before it, {Stamp(times[i - 1])}; sort the bars by time";
            violations.Add(At(bars, i, bars.Names.Time, Stamp(times[i]), rule));
        }
    }

    private static void CheckPrices(
        BarDraft bars, string name, ReadOnlySpan<double> prices, BarViolations violations)
    {
        for (var i = 0; i < prices.Length; i++)
        {
            // One comparison pair rejects NaN, both infinities, zero and negatives.
            if (!(prices[i] > 0 && prices[i] <= double.MaxValue))
            {
                var rule = double.IsFinite(prices[i])
                    ? "must be above zero; drop or repair the bar"
                    : "must be a finite price; drop or repair the bar";
                violations.Add(At(bars, i, name, Text(prices[i]), rule));
            }
        }
    }

    private static void CheckVolumes(BarDraft bars, BarViolations violations)
    {
        var volumes = bars.Volume.Span;
        for (var i = 0; i < volumes.Length; i++)
        {
            if (!(volumes[i] >= 0 && volumes[i] <= double.MaxValue))
            {
                const string rule = "must be finite and not negative; use 0 for none";
                violations.Add(At(bars, i, bars.Names.Volume, Text(volumes[i]), rule));
            }
        }
    }

    private static void CheckExtra(BarDraft bars, BarColumn column, BarViolations violations)
    {
        var values = column.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                violations.Add(At(bars, i, column.Name, Text(values[i]), "must be a finite number"));
            }
        }
    }

    private static BarViolation At(BarDraft bars, int bar, string column, string value, string rule) =>
        bars.Lines.Length == bars.Count
            ? new BarViolation(bars.Source, bars.Lines.Span[bar], column, value, rule)
            : new BarViolation($"{bars.Source}, bar {Text(bar)}", null, column, value, rule);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Stamp(long milliseconds)
    {
        if (milliseconds is < EarliestStamp or > LatestStamp)
        {
            return milliseconds.ToString(CultureInfo.InvariantCulture);
        }

        var format = milliseconds % 86_400_000 == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }
}

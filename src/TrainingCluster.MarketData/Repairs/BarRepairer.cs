using System.Globalization;
using TrainingCluster.MarketData.Quality.Checks;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>
/// Puts right what may be put right without asking: order, repeated stamps, impossible prices and volumes, ranges
/// that miss their own open or close by a rounding, single bad ticks, small holes within a day. Every change is
/// listed; nothing else is touched.
/// </summary>
public static class BarRepairer
{
    /// <param name="bars">Any.</param>
    /// <param name="options">Null for the usual limits.</param>
    public static (BarDraft Bars, RepairList Repairs) Repair(BarDraft bars, RepairOptions? options = null)
    {
        options ??= new RepairOptions();
        var log = new RepairLog();
        var rows = Rows.Of(bars);
        Sort(rows, bars, log);
        rows = WithoutRepeats(rows, bars, log);
        rows = WithoutImpossible(rows, bars, log);
        Ranges(rows, bars, options, log);
        BadTicks(rows, bars, options, log);
        var draft = rows.ToDraft(bars);
        return (GapFilling.Fill(draft, options, log), log.ToList());
    }

    private static void Sort(Rows rows, BarDraft bars, RepairLog log)
    {
        var times = bars.Times.Span;
        var falls = 0;
        for (var t = 1; t < times.Length; t++)
        {
            falls += times[t] < times[t - 1] ? 1 : 0;
        }

        if (falls == 0)
        {
            return;
        }

        if (falls == times.Length - 1)
        {
            const string detail = "the newest bar came first; all were turned round";
            log.Add(new BarRepair("order", bars.Source, null, null, detail));
        }
        else
        {
            for (var t = 1; t < times.Length; t++)
            {
                if (times[t] < times[t - 1])
                {
                    log.Add(At(bars, "order", t, $"came after {BarRules.Stamp(times[t - 1])}; sorted by time"));
                }
            }
        }

        rows.Sort(bars.Times.Span.ToArray());
    }

    /// <summary>Of bars with one stamp the last is kept: sources append corrections.</summary>
    private static Rows WithoutRepeats(Rows rows, BarDraft bars, RepairLog log)
    {
        var kept = new List<int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i + 1 < rows.Count && rows.Time(i) == rows.Time(i + 1))
            {
                var detail = rows.SameValues(i, i + 1)
                    ? "came twice with the same values; one was dropped"
                    : "came twice with different values; the later one was kept";
                log.Add(At(bars, "duplicate", rows.Bar(i), detail));
                continue;
            }

            kept.Add(i);
        }

        return kept.Count == rows.Count ? rows : rows.Pick(kept);
    }

    private static Rows WithoutImpossible(Rows rows, BarDraft bars, RepairLog log)
    {
        var kept = new List<int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.HasUsablePrices(i))
            {
                kept.Add(i);
            }
            else
            {
                const string detail = "has a price that is zero, negative or not finite; dropped";
                log.Add(At(bars, "impossible-price", rows.Bar(i), detail));
            }

            if (!(rows.Volume[i] >= 0 && double.IsFinite(rows.Volume[i])))
            {
                log.Add(At(bars, "impossible-volume", rows.Bar(i), $"volume {Text(rows.Volume[i])} taken as 0"));
                rows.Volume[i] = 0;
            }
        }

        return kept.Count == rows.Count ? rows : rows.Pick(kept);
    }

    private static void Ranges(Rows rows, BarDraft bars, RepairOptions options, RepairLog log)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var (high, low) = (rows.High[i], rows.Low[i]);
            var (top, bottom) = (Math.Max(rows.Open[i], rows.Close[i]), Math.Min(rows.Open[i], rows.Close[i]));
            if (high < top && high >= top * (1 - options.RangeTolerance))
            {
                rows.High[i] = top;
                log.Add(At(bars, "range", rows.Bar(i), $"high {Text(high)} raised to {Text(top)}"));
            }

            if (low > bottom && low <= bottom * (1 + options.RangeTolerance))
            {
                rows.Low[i] = bottom;
                log.Add(At(bars, "range", rows.Bar(i), $"low {Text(low)} lowered to {Text(bottom)}"));
            }
        }
    }

    private static void BadTicks(Rows rows, BarDraft bars, RepairOptions options, RepairLog log)
    {
        if (RobustReturns.Of(rows.Close) is not { } returns)
        {
            return;
        }

        for (var i = 1; i < rows.Count; i++)
        {
            if (!returns.IsSpike(i, options.BadTickDeviations))
            {
                continue;
            }

            var (before, bad) = (rows.Close[i - 1], rows.Close[i]);
            rows.SetFlat(i, before);
            var neighbours = $"between {Text(before)} and {Text(rows.Close[i + 1])}";
            log.Add(At(bars, "bad-tick", rows.Bar(i), $"close {Text(bad)} {neighbours} replaced by the close before"));
        }
    }

    private static BarRepair At(BarDraft bars, string rule, int bar, string detail)
    {
        var line = bars.Lines.Length == bars.Count ? bars.Lines.Span[bar] : (long?)null;
        return new BarRepair(rule, bars.Source, line, bars.Times.Span[bar], detail);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>Fills small holes within a day: the close before stands still and nobody trades.</summary>
internal static class GapFilling
{
    private const long Day = 86_400_000;

    public static BarDraft Fill(BarDraft bars, RepairOptions options, RepairLog log)
    {
        var interval = (long)BarCalendar.Of(bars.Times.Span).Interval.TotalMilliseconds;
        if (interval <= 0 || interval >= Day / 2 || options.LargestFilledGap <= 0)
        {
            return bars;
        }

        // A row of the answer is a bar of the source, or one's complement for a bar standing in after it.
        var rows = new List<int>(bars.Count);
        var times = new List<long>(bars.Count);
        for (var t = 0; t < bars.Count; t++)
        {
            rows.Add(t);
            times.Add(bars.Times.Span[t]);
            var missing = t + 1 < bars.Count ? Missing(bars.Times.Span, t, interval) : 0;
            if (missing == 0 || missing > options.LargestFilledGap)
            {
                continue;
            }

            for (var i = 1; i <= missing; i++)
            {
                rows.Add(~t);
                times.Add(bars.Times.Span[t] + i * interval);
                log.Add(new BarRepair(
                    "gap", bars.Source, null, times[^1], "was missing; filled with the close before, without volume"));
            }
        }

        return rows.Count == bars.Count ? bars : Build(bars, [.. rows], [.. times]);
    }

    /// <summary>Whole bars between two of one day; 0 where the stamps do not keep the rhythm.</summary>
    private static long Missing(ReadOnlySpan<long> times, int t, long interval)
    {
        var step = times[t + 1] - times[t];
        return step > interval && step % interval == 0 && times[t] / Day == times[t + 1] / Day
            ? step / interval - 1
            : 0;
    }

    private static BarDraft Build(BarDraft bars, int[] rows, long[] times)
    {
        double[] Prices(ReadOnlyMemory<double> column) =>
            Array.ConvertAll(rows, row => row < 0 ? bars.Close.Span[~row] : column.Span[row]);

        return bars with
        {
            Times = times,
            Open = Prices(bars.Open),
            High = Prices(bars.High),
            Low = Prices(bars.Low),
            Close = Prices(bars.Close),
            Volume = Array.ConvertAll(rows, row => row < 0 ? 0 : bars.Volume.Span[row]),
            Extra =
            [
                .. bars.Extra.Select(column => column with
                {
                    Values = Array.ConvertAll(rows, row => row < 0 ? double.NaN : column.Values.Span[row]),
                }),
            ],
            Lines = default,
        };
    }
}

using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Timeframes;

/// <summary>Bars of a longer timeframe made of those of a shorter one.</summary>
public static class BarAggregation
{
    /// <summary>
    /// Bars whose stamps fall into one span of the length, counted from 1970, become one. Its stamp is that of its
    /// last bar, at whose close it is known. The last span is left out unless a bar of a later one has been seen:
    /// nobody knows that it is over.
    /// </summary>
    /// <param name="bars">The bars; further columns are left out.</param>
    /// <param name="length">At least a millisecond.</param>
    public static BarSeries Aggregate(BarSeries bars, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromMilliseconds(1));
        var span = (long)length.TotalMilliseconds;
        var times = new List<long>();
        var columns = Enumerable.Range(0, 5).Select(_ => new List<double>()).ToArray();
        for (var start = 0; start < bars.Count;)
        {
            var key = bars.Times[start] / span;
            var end = start + 1;
            while (end < bars.Count && bars.Times[end] / span == key)
            {
                end++;
            }

            if (end == bars.Count)
            {
                break;
            }

            times.Add(bars.Times[end - 1]);
            columns[0].Add(bars.Open[start]);
            columns[1].Add(Largest(bars.High[start..end]));
            columns[2].Add(Smallest(bars.Low[start..end]));
            columns[3].Add(bars.Close[end - 1]);
            columns[4].Add(Sum(bars.Volume[start..end]));
            start = end;
        }

        return BarSeries.Create(
            bars.Symbol, [.. times],
            [.. columns[0]], [.. columns[1]], [.. columns[2]], [.. columns[3]], [.. columns[4]]);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    private static double Smallest(ReadOnlySpan<double> values)
    {
        var smallest = values[0];
        foreach (var value in values)
        {
            smallest = Math.Min(smallest, value);
        }

        return smallest;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Splits;

/// <summary>
/// One split for each of several symbols, cut at the same two moments: every training label of every symbol ends before
/// the first moment, every validation window of every symbol begins at or after it, and so for validation and test at
/// the second. No symbol's test period lies in another's training.
/// </summary>
public static class AlignedSplits
{
    private const int FewestBars = 30;

    /// <summary>
    /// The moments are where the shares fall in the usable bars of all symbols together. One symbol alone is split by
    /// <see cref="TimeSplit.Create"/>.
    /// </summary>
    /// <param name="panel">The bars.</param>
    /// <param name="firstUsableBars">By symbol the first bar with a full window, a direction and a label.</param>
    /// <param name="labelHorizon">Bars a label looks ahead at most, at least 1.</param>
    /// <param name="windowLength">Bars of a window, at least 1.</param>
    /// <param name="train">Share of the usable bars, above 0.</param>
    /// <param name="validation">Share of the usable bars, above 0; the test gets the rest.</param>
    /// <returns>By symbol, in bars of the symbol.</returns>
    /// <exception cref="InsufficientDataException">A part of a symbol would be shorter than a window or 30
    /// bars.</exception>
    public static ImmutableArray<TimeSplit> Create(
        BarPanel panel,
        ImmutableArray<int> firstUsableBars,
        int labelHorizon,
        int windowLength,
        double train = .6,
        double validation = .2)
    {
        if (panel.IsSingle)
        {
            return [TimeSplit.Create(
                firstUsableBars[0], panel.Count, labelHorizon, windowLength, train, validation)];
        }

        var stamps = Usable(panel, firstUsableBars);
        if (stamps.Length == 0)
        {
            throw new InsufficientDataException(
                panel.Count, panel.Count + 1, "no bar of any symbol has a full window and a label");
        }

        var first = stamps[(int)(stamps.Length * train)];
        var second = stamps[Math.Min(stamps.Length - 1, (int)(stamps.Length * (train + validation)))];
        var purge = labelHorizon + 1;
        return [.. panel.Symbols.Select((bars, k) => Cut(
            bars, firstUsableBars[k], (first, second), purge, windowLength))];
    }

    private static TimeSplit Cut(
        BarSeries bars, int firstUsable, (long First, long Second) moments, int purge, int window)
    {
        var (first, second) = (FirstAtOrAfter(bars, moments.First), FirstAtOrAfter(bars, moments.Second));
        var split = new TimeSplit(
            new(firstUsable, first - purge), new(first + window, second - purge), new(second + window, bars.Count),
            purge, window);
        var fewest = Math.Max(window, FewestBars);
        (string Name, int Count)[] parts =
            [("training", split.Train.Count), ("validation", split.Validation.Count), ("test", split.Test.Count)];
        return parts.Where(part => part.Count < fewest).ToArray() is not [_, ..] shortParts
            ? split
            : throw new InsufficientDataException(
                bars.Count,
                bars.Count + shortParts.Sum(part => fewest - part.Count),
                string.Create(CultureInfo.InvariantCulture,
                    $"of '{bars.Symbol}' {Listed(shortParts)}, at least {fewest} are needed in each part; all symbols "
                    + $"are cut at {Day(moments.First)} and {Day(moments.Second)}: leave '{bars.Symbol}' out, or name "
                    + $"a common span with --from and --to"));
    }

    private static long[] Usable(BarPanel panel, ImmutableArray<int> firstUsableBars)
    {
        var stamps = new List<long>(panel.Count);
        for (var k = 0; k < panel.Symbols.Length; k++)
        {
            var times = panel.Symbols[k].Times;
            stamps.AddRange(times[Math.Min(firstUsableBars[k], times.Length)..]);
        }

        stamps.Sort();
        return [.. stamps];
    }

    private static int FirstAtOrAfter(BarSeries bars, long moment)
    {
        var found = bars.Times.BinarySearch(moment);
        return found >= 0 ? found : ~found;
    }

    private static string Listed((string Name, int Count)[] parts) =>
        string.Join(" and ", parts.Select(part => FormattableString.Invariant(
            $"{part.Count} fall into {part.Name}")));

    private static string Day(long moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment)
        .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

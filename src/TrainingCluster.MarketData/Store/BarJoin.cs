using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Store;

/// <summary>Puts stored and newly fetched bars of one symbol together.</summary>
internal static class BarJoin
{
    /// <summary>
    /// Bars of both; where both have one of a stamp the newer source's counts. Further columns must be the same.
    /// </summary>
    /// <returns>The bars, how many are new, and how many stored ones were revised.</returns>
    /// <exception cref="BarDataException">The further columns differ.</exception>
    public static (BarSeries Bars, int Added, int Revised) Of(BarSeries stored, BarSeries fetched)
    {
        if (!stored.Extra.Select(column => column.Name).SequenceEqual(fetched.Extra.Select(column => column.Name)))
        {
            throw new BarDataException(new BarViolation(
                fetched.Symbol, null, null, null,
                $"must have the stored further columns {Names(stored)}, but has {Names(fetched)}"));
        }

        var rows = new List<(bool IsFetched, int Row)>(stored.Count + fetched.Count);
        var (i, j, added, revised) = (0, 0, 0, 0);
        while (i < stored.Count || j < fetched.Count)
        {
            if (j == fetched.Count || i < stored.Count && stored.Times[i] < fetched.Times[j])
            {
                rows.Add((false, i++));
            }
            else if (i < stored.Count && stored.Times[i] == fetched.Times[j])
            {
                revised += Same(stored, i, fetched, j) ? 0 : 1;
                rows.Add((true, j++));
                i++;
            }
            else
            {
                added++;
                rows.Add((true, j++));
            }
        }

        return (Build(stored, fetched, rows), added, revised);
    }

    private static BarSeries Build(BarSeries stored, BarSeries fetched, List<(bool IsFetched, int Row)> rows)
    {
        var (a, b) = (stored.ToDraft(), fetched.ToDraft());
        T[] Pick<T>(ReadOnlyMemory<T> old, ReadOnlyMemory<T> now) =>
            [.. rows.Select(row => row.IsFetched ? now.Span[row.Row] : old.Span[row.Row])];

        return BarSeries.Create(
            stored.Symbol, Pick(a.Times, b.Times), Pick(a.Open, b.Open), Pick(a.High, b.High), Pick(a.Low, b.Low),
            Pick(a.Close, b.Close), Pick(a.Volume, b.Volume),
            [.. a.Extra.Select((column, k) => column with { Values = Pick(column.Values, b.Extra[k].Values) })]);
    }

    private static bool Same(BarSeries a, int i, BarSeries b, int j) =>
        a.Open[i] == b.Open[j] && a.High[i] == b.High[j] && a.Low[i] == b.Low[j] && a.Close[i] == b.Close[j]
        && a.Volume[i] == b.Volume[j];

    private static string Names(BarSeries bars) =>
        bars.Extra.IsEmpty ? "(none)" : string.Join(", ", bars.Extra.Select(column => $"'{column.Name}'"));
}

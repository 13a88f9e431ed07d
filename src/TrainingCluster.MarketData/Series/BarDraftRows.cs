using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Series;

/// <summary>Takes drafts apart and puts them together by rows.</summary>
internal static class BarDraftRows
{
    /// <summary>Some rows in the order given.</summary>
    public static BarDraft Pick(BarDraft bars, int[] rows)
    {
        T[] Of<T>(ReadOnlyMemory<T> column) => Array.ConvertAll(rows, row => column.Span[row]);

        return bars with
        {
            Times = Of(bars.Times),
            Open = Of(bars.Open),
            High = Of(bars.High),
            Low = Of(bars.Low),
            Close = Of(bars.Close),
            Volume = Of(bars.Volume),
            Extra = [.. bars.Extra.Select(column => column with { Values = Of(column.Values) })],
            Lines = bars.Lines.Length == bars.Count ? Of(bars.Lines) : default,
        };
    }

    /// <summary>Rows whose stamps lie in a span, its end excluded.</summary>
    public static BarDraft Between(BarDraft bars, long from, long end)
    {
        var times = bars.Times;
        int[] rows = [.. Enumerable.Range(0, bars.Count)
            .Where(row => times.Span[row] >= from && times.Span[row] < end)];
        return rows.Length == bars.Count ? bars : Pick(bars, rows);
    }

    /// <summary>One after the other; lines are lost where there is more than one.</summary>
    /// <exception cref="BarDataException">Their further columns differ.</exception>
    public static BarDraft Concat(IReadOnlyList<BarDraft> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        var first = parts[0];
        RequireSameColumns(parts);
        T[] All<T>(Func<BarDraft, ReadOnlyMemory<T>> column)
        {
            var all = new T[parts.Sum(part => part.Count)];
            var place = 0;
            foreach (var part in parts)
            {
                column(part).Span.CopyTo(all.AsSpan(place));
                place += part.Count;
            }

            return all;
        }

        return first with
        {
            Times = All(part => part.Times),
            Open = All(part => part.Open),
            High = All(part => part.High),
            Low = All(part => part.Low),
            Close = All(part => part.Close),
            Volume = All(part => part.Volume),
            Extra = [.. first.Extra.Select((column, k) => column with { Values = All(part => part.Extra[k].Values) })],
            Lines = default,
        };
    }

    /// <summary>What makes the columns of a draft of unequal length; null where they agree.</summary>
    public static string? Ragged(BarDraft bars)
    {
        ImmutableArray<(string Name, int Length)> columns =
        [
            ("open", bars.Open.Length), ("high", bars.High.Length), ("low", bars.Low.Length),
            ("close", bars.Close.Length), ("volume", bars.Volume.Length),
            .. bars.Extra.Select(column => (column.Name, column.Values.Length)),
        ];
        var wrong = columns.FirstOrDefault(column => column.Length != bars.Count);
        return wrong.Name is null ? null : $"column '{wrong.Name}' has {wrong.Length} values for {bars.Count} stamps";
    }

    private static void RequireSameColumns(IReadOnlyList<BarDraft> parts)
    {
        static string Names(BarDraft part) => string.Join(", ", part.Extra.Select(column => $"'{column.Name}'"));

        foreach (var part in parts)
        {
            if (Names(part) != Names(parts[0]))
            {
                throw new BarDataException(new BarViolation(
                    part.Source, null, null, null,
                    $"must have the further columns of {parts[0].Source}, ({Names(parts[0])}), but has "
                    + $"({Names(part)})"));
            }
        }
    }
}

using System.Collections.Immutable;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Splits;

/// <summary>One fold over several symbols, in rows of their panel.</summary>
/// <param name="Held">The rows held out, ascending.</param>
/// <param name="TrainRows">The rows to fit on, ascending.</param>
public sealed record AlignedFold(ImmutableArray<int> Held, ImmutableArray<int> TrainRows);

/// <summary>
/// Purged folds (see <see cref="PurgedFolds"/>) over several symbols, cut at the same moments in all of them. A row is
/// left out of training if its label ends at or after the moment at which the held rows begin, or if it is not later
/// than the last held label of any symbol by the embargo, counted in bars of its own symbol.
/// </summary>
public static class AlignedFolds
{
    /// <param name="panel">The bars.</param>
    /// <param name="train">By symbol the bars to divide.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="labels">By symbol.</param>
    /// <param name="embargo">Bars.</param>
    /// <returns>Every row to divide is held exactly once.</returns>
    /// <exception cref="InsufficientDataException">Some fold would hold, or train on, nothing.</exception>
    public static ImmutableArray<AlignedFold> Create(
        BarPanel panel, ImmutableArray<IndexRange> train, int folds, ImmutableArray<LabelSet> labels, int embargo)
    {
        if (panel.IsSingle)
        {
            return [.. PurgedFolds.Create(train[0], folds, labels[0].LastBar.AsSpan(), embargo)
                .Select(fold => new AlignedFold(
                    [.. Enumerable.Range(fold.Held.Start, fold.Held.Count)], fold.TrainBars))];
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);
        var stamps = Stamps(panel, train);
        var result = ImmutableArray.CreateBuilder<AlignedFold>(folds);
        for (var fold = 0; fold < folds; fold++)
        {
            var from = fold == 0 ? long.MinValue : stamps[(int)((long)stamps.Length * fold / folds)];
            var to = fold == folds - 1 ? long.MaxValue : stamps[(int)((long)stamps.Length * (fold + 1) / folds)];
            result.Add(Fold(panel, train, labels, (from, to), embargo));
        }

        return result.All(fold => !fold.Held.IsEmpty && !fold.TrainRows.IsEmpty)
            ? result.MoveToImmutable()
            : throw new InsufficientDataException(
                stamps.Length, stamps.Length + folds * (embargo + 2),
                $"each of {folds} folds must hold a bar and leave one to train on after an embargo of {embargo}");
    }

    private static AlignedFold Fold(
        BarPanel panel, ImmutableArray<IndexRange> train, ImmutableArray<LabelSet> labels, (long From, long To) span,
        int embargo)
    {
        var held = ImmutableArray.CreateBuilder<int>();
        var lastHeld = long.MinValue;
        for (var k = 0; k < train.Length; k++)
        {
            var times = panel.Symbols[k].Times;
            for (var bar = train[k].Start; bar < train[k].End; bar++)
            {
                if (times[bar] >= span.From && times[bar] < span.To)
                {
                    held.Add(panel.Starts[k] + bar);
                    lastHeld = Math.Max(lastHeld, times[Math.Max(bar, labels[k].LastBar[bar])]);
                }
            }
        }

        var rows = ImmutableArray.CreateBuilder<int>();
        for (var k = 0; k < train.Length; k++)
        {
            var times = panel.Symbols[k].Times;
            var found = times.BinarySearch(lastHeld);
            var afterHeld = (found >= 0 ? found : ~found) + embargo;
            for (var bar = train[k].Start; bar < train[k].End; bar++)
            {
                var before = times[bar] < span.From && times[labels[k].LastBar[bar]] < span.From;
                if (before || (times[bar] >= span.To && bar >= afterHeld))
                {
                    rows.Add(panel.Starts[k] + bar);
                }
            }
        }

        return new AlignedFold(held.ToImmutable(), rows.ToImmutable());
    }

    private static long[] Stamps(BarPanel panel, ImmutableArray<IndexRange> train)
    {
        var stamps = new List<long>();
        for (var k = 0; k < train.Length; k++)
        {
            stamps.AddRange(panel.Symbols[k].Times[train[k].Start..train[k].End]);
        }

        stamps.Sort();
        return [.. stamps];
    }
}

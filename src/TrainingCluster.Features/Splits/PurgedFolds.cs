using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Splits;

/// <summary>
/// K contiguous folds with purging and embargo (López de Prado 2018, "Advances in Financial Machine
/// Learning", chapter 7). The label of bar i covers (i, last(i)]. A bar is left out of training if its label
/// overlaps the span of the held labels, or if it is one of the <c>embargo</c> bars after that span.
/// </summary>
public static class PurgedFolds
{
    /// <param name="range">The bars to divide.</param>
    /// <param name="folds">At least 2; the first folds get the bars that do not divide evenly.</param>
    /// <param name="labelLastBar">For each bar of the series the last bar its label looks at.</param>
    /// <param name="embargo">Bars kept out after the held span; at least the window is sensible.</param>
    /// <returns>Every bar of the range is held exactly once.</returns>
    /// <exception cref="InsufficientDataException">Some fold would hold, or train on, nothing.</exception>
    public static ImmutableArray<Fold> Create(
        IndexRange range, int folds, ReadOnlySpan<int> labelLastBar, int embargo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);
        if (range.Start < 0 || range.End > labelLastBar.Length)
        {
            throw new ArgumentException(
                $"the range {range} must lie inside the {labelLastBar.Length} labelled bars", nameof(range));
        }

        if (range.Count < folds)
        {
            throw new InsufficientDataException(
                range.Count, folds, $"each of {folds} folds holds at least one");
        }

        var result = ImmutableArray.CreateBuilder<Fold>(folds);
        var start = range.Start;
        for (var fold = 0; fold < folds; fold++)
        {
            var count = range.Count / folds + (fold < range.Count % folds ? 1 : 0);
            var held = new IndexRange(start, start + count);
            result.Add(new Fold(held, TrainBars(range, held, labelLastBar, embargo, folds)));
            start = held.End;
        }

        return result.MoveToImmutable();
    }

    private static ImmutableArray<int> TrainBars(
        IndexRange range, IndexRange held, ReadOnlySpan<int> labelLastBar, int embargo, int folds)
    {
        var heldLast = 0L;
        for (var bar = held.Start; bar < held.End; bar++)
        {
            heldLast = Math.Max(heldLast, Math.Max(bar, labelLastBar[bar]));
        }

        var train = ImmutableArray.CreateBuilder<int>(range.Count);
        for (var bar = range.Start; bar < range.End; bar++)
        {
            var before = bar < held.Start && labelLastBar[bar] <= held.Start;
            var after = bar >= held.End && bar >= heldLast + embargo;
            if (before || after)
            {
                train.Add(bar);
            }
        }

        // Twice the reach of one held fold on top of it leaves at least a bar on one side.
        return train.Count > 0 ? train.ToImmutable() : throw new InsufficientDataException(
            range.Count,
            folds * (int)Math.Min(heldLast - held.Start + embargo + 2, int.MaxValue / folds),
            $"holding {held} of {folds} folds with an embargo of {embargo} leaves nothing to train on");
    }
}

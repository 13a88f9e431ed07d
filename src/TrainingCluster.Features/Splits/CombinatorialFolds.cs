using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Splits;

/// <summary>One split of a combinatorial cross-validation.</summary>
/// <param name="HeldGroups">The groups held out, ascending.</param>
/// <param name="Held">Their bars, one range a group.</param>
/// <param name="TrainBars">The bars to fit on, ascending.</param>
/// <param name="Paths">[held group] the path that this split tells that group's part of.</param>
public sealed record CombinatorialFold(
    ImmutableArray<int> HeldGroups, ImmutableArray<IndexRange> Held, ImmutableArray<int> TrainBars,
    ImmutableArray<int> Paths);

/// <summary>All splits and the histories they join to.</summary>
/// <param name="Folds">C(N, k), in lexicographic order of the held groups.</param>
/// <param name="Paths">[path][group] the split that tells this group's part: every path walks all bars once, and no
/// split tells the same group twice.</param>
public sealed record CombinatorialSplit(
    ImmutableArray<CombinatorialFold> Folds, ImmutableArray<ImmutableArray<int>> Paths);

/// <summary>
/// N groups of bars, of which each k are held out once: many backtest paths instead of one. Source: López de Prado
/// 2018, "Advances in Financial Machine Learning", chapter 12. Purging and embargo are those of
/// <see cref="PurgedFolds"/>, around each run of held groups.
/// </summary>
public static class CombinatorialFolds
{
    /// <summary>More splits than this are refused: no machine would fit a model on each.</summary>
    public const long MostFolds = 100_000;

    /// <summary>C(N, k).</summary>
    public static long FoldCount(int groups, int held) => Binomial(groups, held);

    /// <summary>C(N, k) · k / N.</summary>
    public static long PathCount(int groups, int held) => Binomial(groups - 1, held - 1);

    /// <param name="range">The bars to divide; the first groups get the bars that do not divide evenly.</param>
    /// <param name="groups">N, at least 2.</param>
    /// <param name="held">k, in [1, N − 1].</param>
    /// <param name="labelLastBar">For each bar of the series the last bar its label looks at.</param>
    /// <param name="embargo">Bars kept out after each held run.</param>
    /// <exception cref="InsufficientDataException">A group would be shorter than purge and embargo
    /// together.</exception>
    public static CombinatorialSplit Create(
        IndexRange range, int groups, int held, ReadOnlySpan<int> labelLastBar, int embargo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(held, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(held, groups);
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);
        if (FoldCount(groups, held) > MostFolds)
        {
            throw new ArgumentException(
                $"{held} of {groups} groups make {FoldCount(groups, held)} splits; at most {MostFolds} are made");
        }

        if (range.Start < 0 || range.End > labelLastBar.Length)
        {
            throw new ArgumentException(
                $"the range {range} must lie inside the {labelLastBar.Length} labelled bars", nameof(range));
        }

        var parts = Groups(range, groups);
        RequireRoom(range, groups, labelLastBar, embargo);
        var told = new int[groups];
        var paths = Enumerable.Range(0, (int)PathCount(groups, held)).Select(_ => new int[groups]).ToArray();
        var folds = ImmutableArray.CreateBuilder<CombinatorialFold>();
        var choice = Enumerable.Range(0, held).ToArray();
        do
        {
            foreach (var group in choice)
            {
                paths[told[group]][group] = folds.Count;
            }

            folds.Add(new CombinatorialFold(
                [.. choice],
                [.. choice.Select(group => parts[group])],
                TrainBars(range, parts, choice, labelLastBar, embargo),
                [.. choice.Select(group => told[group]++)]));
        }
        while (Advance(choice, groups));

        return new CombinatorialSplit(folds.ToImmutable(), [.. paths.Select(path => path.ToImmutableArray())]);
    }

    private static ImmutableArray<int> TrainBars(
        IndexRange range, IndexRange[] parts, int[] choice, ReadOnlySpan<int> labelLastBar, int embargo)
    {
        var kept = new bool[range.Count];
        Array.Fill(kept, true);
        for (var i = 0; i < choice.Length;)
        {
            // Neighbouring groups are one held run: purging between them would be meaningless.
            var first = i;
            while (++i < choice.Length && choice[i] == choice[i - 1] + 1)
            {
            }

            var run = new IndexRange(parts[choice[first]].Start, parts[choice[i - 1]].End);
            Remove(kept, range, run, labelLastBar, embargo);
        }

        var train = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i])
            {
                train.Add(range.Start + i);
            }
        }

        return train.ToImmutable();
    }

    private static void Remove(
        bool[] kept, IndexRange range, IndexRange held, ReadOnlySpan<int> labelLastBar, int embargo)
    {
        var heldLast = 0L;
        for (var bar = held.Start; bar < held.End; bar++)
        {
            heldLast = Math.Max(heldLast, Math.Max(bar, labelLastBar[bar]));
        }

        for (var bar = range.Start; bar < range.End; bar++)
        {
            var before = bar < held.Start && labelLastBar[bar] <= held.Start;
            var after = bar >= held.End && bar >= heldLast + embargo;
            kept[bar - range.Start] &= before || after;
        }
    }

    private static IndexRange[] Groups(IndexRange range, int groups)
    {
        if (range.Count < groups)
        {
            throw new InsufficientDataException(range.Count, groups, $"each of {groups} groups holds at least one");
        }

        var result = new IndexRange[groups];
        var start = range.Start;
        for (var group = 0; group < groups; group++)
        {
            var count = range.Count / groups + (group < range.Count % groups ? 1 : 0);
            result[group] = new IndexRange(start, start + count);
            start += count;
        }

        return result;
    }

    /// <summary>A group that purge and embargo could swallow whole leaves splits without its neighbours.</summary>
    private static void RequireRoom(IndexRange range, int groups, ReadOnlySpan<int> labelLastBar, int embargo)
    {
        var reach = 0L;
        for (var bar = range.Start; bar < range.End; bar++)
        {
            reach = Math.Max(reach, (long)labelLastBar[bar] - bar);
        }

        var shortest = range.Count / groups;
        var gap = Math.Max(0, reach - 1) + embargo;
        if (gap >= shortest - 1)
        {
            throw new InsufficientDataException(
                range.Count,
                (int)Math.Min((gap + 2) * groups, int.MaxValue),
                $"a group of {shortest} must be longer than label horizon {reach} and embargo {embargo} together");
        }
    }

    /// <summary>The next choice in lexicographic order; false after the last.</summary>
    private static bool Advance(int[] choice, int groups)
    {
        var i = choice.Length - 1;
        while (i >= 0 && choice[i] == groups - choice.Length + i)
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        choice[i]++;
        for (var j = i + 1; j < choice.Length; j++)
        {
            choice[j] = choice[j - 1] + 1;
        }

        return true;
    }

    /// <summary>Exact up to the largest count that is of use; saturates above it.</summary>
    private static long Binomial(int n, int k)
    {
        if (k < 0 || k > n)
        {
            return 0;
        }

        var result = (System.Numerics.BigInteger)1;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
        {
            result = result * (n - Math.Min(k, n - k) + i) / i;
        }

        return result > long.MaxValue ? long.MaxValue : (long)result;
    }
}

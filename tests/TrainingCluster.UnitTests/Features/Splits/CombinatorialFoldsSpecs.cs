using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.UnitTests.Features.Splits;

public sealed class CombinatorialFoldsSpecs
{
    [Theory]
    [InlineData(6, 2, 15, 5)]
    [InlineData(10, 2, 45, 9)]
    [InlineData(10, 8, 45, 36)]
    [InlineData(16, 8, 12_870, 6435)]
    public void Splits_and_paths_are_counted_as_published(int groups, int held, long splits, long paths)
    {
        Assert.Equal(splits, CombinatorialFolds.FoldCount(groups, held));
        Assert.Equal(paths, CombinatorialFolds.PathCount(groups, held));
    }

    /// <summary>
    /// Twelve rows, three groups, two held: the documentation of skfolio, whose purge of p rows is a label that looks
    /// p + 1 rows ahead.
    /// </summary>
    [Theory]
    [InlineData(1, 0, "8 9 10 11", "4 5 6 7", "0 1 2 3")]
    [InlineData(2, 0, "9 10 11", "5 6", "0 1 2")]
    [InlineData(1, 1, "9 10 11", "5 6 7", "0 1 2 3")]
    public void Twelve_rows_in_three_groups_give_the_published_training_rows(
        int horizon, int embargo, string first, string second, string third)
    {
        var split = CombinatorialFolds.Create(new IndexRange(0, 12), 3, 2, LastBars(12, horizon), embargo);

        Assert.Equal([first, second, third], split.Folds.Select(fold => string.Join(' ', fold.TrainBars)));
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(6, 1)]
    [InlineData(7, 3)]
    [InlineData(5, 4)]
    public void Every_path_walks_all_bars_once_and_no_label_overlaps(int groups, int held)
    {
        var range = new IndexRange(20, 623);
        var last = LastBars(700, 6);

        var split = CombinatorialFolds.Create(range, groups, held, last, embargo: 15);

        Assert.Equal(CombinatorialFolds.FoldCount(groups, held), split.Folds.Length);
        Assert.Equal(CombinatorialFolds.PathCount(groups, held), split.Paths.Length);
        foreach (var path in split.Paths)
        {
            Assert.Equal(
                Enumerable.Range(range.Start, range.Count),
                path.SelectMany((fold, group) => Held(split.Folds[fold], group)));
        }

        Assert.All(split.Folds, fold => Assert.All(fold.TrainBars, bar => Assert.True(
            range.Contains(bar)
            && fold.Held.All(part => last[bar] <= part.Start || bar >= part.End - 1 + 6 + 15 || bar < part.Start)
            && !fold.Held.Any(part => part.Contains(bar)))));
        Assert.Equal(
            CombinatorialFolds.PathCount(groups, held) * range.Count,
            split.Folds.Sum(fold => (long)fold.Held.Sum(part => part.Count)));
    }

    [Fact]
    public void A_split_and_its_paths_name_each_other()
    {
        var split = CombinatorialFolds.Create(new IndexRange(0, 60), 6, 2, LastBars(60, 1), 0);

        foreach (var (index, fold) in split.Folds.Index())
        {
            for (var i = 0; i < fold.HeldGroups.Length; i++)
            {
                Assert.Equal(index, split.Paths[fold.Paths[i]][fold.HeldGroups[i]]);
            }
        }
    }

    [Fact]
    public void Groups_that_purge_and_embargo_swallow_are_refused_and_enough_bars_are_not()
    {
        var error = Assert.Throws<InsufficientDataException>(() =>
            CombinatorialFolds.Create(new IndexRange(0, 12), 3, 2, LastBars(12, 2), embargo: 2));

        var enough = CombinatorialFolds.Create(
            new IndexRange(0, error.Needed), 3, 2, LastBars(error.Needed, 2), embargo: 2);
        Assert.All(enough.Folds, fold => Assert.NotEmpty(fold.TrainBars));
    }

    [Fact]
    public void More_splits_than_anyone_could_fit_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            CombinatorialFolds.Create(new IndexRange(0, 1000), 24, 12, LastBars(1000, 1), 0));

        Assert.Contains("2704156 splits", error.Message);
    }

    private static IEnumerable<int> Held(CombinatorialFold fold, int group)
    {
        var part = fold.Held[fold.HeldGroups.IndexOf(group)];
        return Enumerable.Range(part.Start, part.Count);
    }

    private static int[] LastBars(int count, int horizon) =>
        [.. Enumerable.Range(0, count).Select(bar => bar + horizon)];
}

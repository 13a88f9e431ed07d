using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.UnitTests.Features.Splits;

public sealed class PurgedFoldsSpecs
{
    /// <summary>
    /// Ten bars whose labels look two bars ahead, in five folds, worked out after López de Prado 2018,
    /// snippet 7.3.
    /// </summary>
    [Theory]
    [InlineData(0, 2, "0 1 2 7 8 9")]
    [InlineData(1, 2, "0 1 2 8 9")]
    [InlineData(1, 0, "4 5 6 7 8 9")]
    [InlineData(1, 4, "0 1 2 3 4 5 6")]
    public void Ten_bars_in_five_folds_give_the_published_training_bars(
        int embargo, int fold, string expected)
    {
        var folds = PurgedFolds.Create(new IndexRange(0, 10), 5, LastBars(10, 2), embargo);

        Assert.Equal(new IndexRange(2 * fold, 2 * fold + 2), folds[fold].Held);
        Assert.Equal(expected, string.Join(' ', folds[fold].TrainBars));
    }

    [Fact]
    public void Each_bar_is_held_once_and_no_training_label_overlaps_a_held_one()
    {
        var range = new IndexRange(40, 443);
        var last = LastBars(500, 9);

        foreach (var embargo in new[] { 0, 7, 60 })
        {
            var folds = PurgedFolds.Create(range, 6, last, embargo);

            Assert.Equal(
                Enumerable.Range(40, 403),
                folds.SelectMany(fold => Enumerable.Range(fold.Held.Start, fold.Held.Count)));
            foreach (var fold in folds)
            {
                var heldLast = Enumerable.Range(fold.Held.Start, fold.Held.Count).Max(bar => last[bar]);
                Assert.All(fold.TrainBars, bar => Assert.True(
                    last[bar] <= fold.Held.Start || bar >= heldLast + embargo, $"{bar} against {fold.Held}"));
                Assert.All(
                    fold.TrainBars, bar => Assert.True(range.Contains(bar) && !fold.Held.Contains(bar)));
            }
        }
    }

    [Fact]
    public void Labels_of_different_lengths_are_purged_by_where_they_end()
    {
        int[] last = [9, 1, 2, 3, 4, 5, 6, 7, 8, 9];

        var fold = PurgedFolds.Create(new IndexRange(0, 10), 2, last, 0)[1];

        Assert.Equal([1, 2, 3, 4], fold.TrainBars.ToArray());
    }

    [Fact]
    public void A_fold_that_leaves_nothing_to_train_on_is_refused()
    {
        var error = Assert.Throws<InsufficientDataException>(() =>
            PurgedFolds.Create(new IndexRange(0, 10), 2, LastBars(10, 2), embargo: 20));

        Assert.StartsWith("There are 10 bars, but at least", error.Message);
        var enough = new IndexRange(0, error.Needed);
        Assert.NotEmpty(PurgedFolds.Create(enough, 2, LastBars(error.Needed, 2), 20));
    }

    private static int[] LastBars(int count, int horizon) =>
        [.. Enumerable.Range(0, count).Select(bar => bar + horizon)];
}

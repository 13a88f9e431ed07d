using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.Replay;

public sealed class SumTreeSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Each_leaf_owns_an_interval_as_long_as_its_weight(int count)
    {
        var random = new Seed(3).Stream();
        var tree = new SumTree(count);
        for (var leaf = 0; leaf < count; leaf++)
        {
            tree[leaf] = leaf % 5 == 1 ? 0 : random.NextDouble();
        }

        const int draws = 50_000;
        var owned = new double[count];
        for (var i = 0; i < draws; i++)
        {
            owned[tree.Find((i + 0.5) / draws * tree.Total)] += tree.Total / draws;
        }

        for (var leaf = 0; leaf < count; leaf++)
        {
            Assert.InRange(owned[leaf] - tree[leaf], -2 * tree.Total / draws, 2 * tree.Total / draws);
        }
    }

    [Fact]
    public void The_total_is_the_sum_of_the_leaves_after_a_million_changes()
    {
        var random = new Seed(4).Stream();
        var tree = new SumTree(1000);

        for (var i = 0; i < 1_000_000; i++)
        {
            tree[random.NextInt32(1000)] = 10 * random.NextDouble();
        }

        Assert.Equal(Enumerable.Range(0, 1000).Sum(leaf => tree[leaf]), tree.Total, 1e-9);
    }

    [Fact]
    public void A_tree_that_was_loaded_equals_the_one_it_came_from()
    {
        var random = new Seed(5).Stream();
        var (tree, loaded) = (new SumTree(77), new SumTree(77));
        for (var leaf = 0; leaf < 77; leaf++)
        {
            tree[leaf] = random.NextDouble();
        }

        loaded.Load(tree.Leaves(77));

        Assert.Equal(tree.Total, loaded.Total);
        Assert.All(Enumerable.Range(0, 100), i =>
            Assert.Equal(tree.Find(i / 100.0 * tree.Total), loaded.Find(i / 100.0 * tree.Total)));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_no_weight_is_refused_and_changes_nothing(double weight)
    {
        var tree = new SumTree(3) { [1] = 2 };

        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => tree[1] = weight);

        Assert.Contains("the weight of leaf 1 must be finite and at least 0", refused.Message);
        Assert.Equal(2, tree.Total);
    }
}

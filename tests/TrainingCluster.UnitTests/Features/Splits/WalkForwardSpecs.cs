using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.UnitTests.Features.Splits;

public sealed class WalkForwardSpecs
{
    [Fact]
    public void An_expanding_walk_keeps_its_start_and_a_sliding_one_its_length()
    {
        var expanding = WalkForward.Create(new IndexRange(10, 110), 40, 20, labelHorizon: 3, embargo: 2);
        var sliding = WalkForward.Create(
            new IndexRange(10, 110), 40, 20, labelHorizon: 3, embargo: 2, WalkForwardKind.Sliding);

        Assert.Equal(
            [
                new(new(10, 50), new(55, 75), false),
                new(new(10, 70), new(75, 95), false),
                new(new(10, 90), new(95, 110), true),
            ],
            expanding.AsEnumerable());
        Assert.All(sliding, step => Assert.Equal(40, step.Train.Count));
        Assert.Equal(expanding.Select(step => step.Test), sliding.Select(step => step.Test));
    }

    /// <summary>Sixty-one days of which the first five train: weekly tests, as published by FreqAI.</summary>
    [Fact]
    public void Weekly_tests_over_eight_weeks_make_eight_models()
    {
        var steps = WalkForward.Create(new IndexRange(0, 61), 5, 7, labelHorizon: 0, embargo: 0);

        Assert.Equal(8, steps.Length);
        Assert.All(steps, step => Assert.False(step.IsPartial));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 30)]
    public void No_training_label_looks_at_a_test_and_every_later_bar_is_tested_once(int horizon, int embargo)
    {
        foreach (var kind in Enum.GetValues<WalkForwardKind>())
        {
            var steps = WalkForward.Create(new IndexRange(7, 507), 100, 33, horizon, embargo, kind);

            Assert.Equal(
                steps.AsEnumerable(), WalkForward.Create(new IndexRange(7, 507), 100, 33, horizon, embargo, kind));
            Assert.Equal(
                Enumerable.Range(107 + horizon + embargo, 400 - horizon - embargo),
                steps.SelectMany(step => Enumerable.Range(step.Test.Start, step.Test.Count)));
            Assert.All(steps, step => Assert.True(step.Train.End - 1 + horizon + embargo < step.Test.Start));
            Assert.All(steps[..^1], step => Assert.False(step.IsPartial));
        }
    }

    [Fact]
    public void Too_few_bars_say_how_many_are_needed_and_that_many_do()
    {
        var error = Assert.Throws<InsufficientDataException>(
            () => WalkForward.Create(new IndexRange(0, 50), 60, 10, 5, 5));

        Assert.Equal(71, error.Needed);
        Assert.Equal(
            new IndexRange(70, 71), Assert.Single(WalkForward.Create(new IndexRange(0, 71), 60, 10, 5, 5)).Test);
    }

    [Fact]
    public void An_embargo_spans_the_window_and_the_slowest_feature() => Assert.Equal(93, Embargo.Bars(60, 33));
}

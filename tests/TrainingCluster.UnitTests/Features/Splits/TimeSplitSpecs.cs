using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.UnitTests.Features.Splits;

public sealed class TimeSplitSpecs
{
    [Fact]
    public void Parts_follow_in_time_with_purge_and_embargo_between_them()
    {
        var split = TimeSplit.Create(firstUsableBar: 100, bars: 1242, labelHorizon: 10, windowLength: 60);

        Assert.Equal((11, 60), (split.PurgeBars, split.EmbargoBars));
        Assert.Equal(new IndexRange(100, 700), split.Train);
        Assert.Equal(new IndexRange(771, 971), split.Validation);
        Assert.Equal(new IndexRange(1042, 1242), split.Test);
    }

    [Fact]
    public void No_label_or_window_of_a_part_touches_another_part()
    {
        for (var horizon = 1; horizon < 20; horizon += 3)
        {
            for (var window = 1; window < 80; window += 13)
            {
                var split = TimeSplit.Create(93, 2000 + horizon, horizon, window, train: .5, validation: .3);

                Assert.True(LastLabelled(split.Train, horizon) < split.Validation.Start - window + 1);
                Assert.True(LastLabelled(split.Validation, horizon) < split.Test.Start - window + 1);
                Assert.Equal(2000 + horizon, split.Test.End);
            }
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10)]
    public void Too_few_bars_say_how_many_are_needed_and_that_many_do(int window)
    {
        var error = Assert.Throws<InsufficientDataException>(() => TimeSplit.Create(93, 200, 10, window));

        Assert.Equal(200, error.Bars);
        Assert.NotNull(TimeSplit.Create(93, error.Needed, 10, window));
        Assert.Throws<InsufficientDataException>(() => TimeSplit.Create(93, error.Needed - 1, 10, window));
    }

    [Fact]
    public void The_message_tells_what_the_bars_are_needed_for()
    {
        var error = Assert.Throws<InsufficientDataException>(() => TimeSplit.Create(93, 200, 10, 60));

        Assert.Equal(
            "There are 200 bars, but at least 535 are needed: 93 before the first usable one, 142 in the two "
            + "gaps of purge 11 and embargo 60, and at least 60 in each of train, validation and test. "
            + "Give more bars, or shorten the window.",
            error.Message);
    }

    [Theory]
    [InlineData(0, .2)]
    [InlineData(.8, .2)]
    [InlineData(double.NaN, .2)]
    public void Shares_that_leave_a_part_empty_are_refused(double train, double validation)
    {
        var error = Assert.Throws<ArgumentException>(
            () => TimeSplit.Create(0, 1000, 1, 1, train, validation));

        Assert.Equal(
            $"the shares are train {train} and validation {validation}; both must be above 0 and leave "
            + "something for the test",
            error.Message);
    }

    private static int LastLabelled(IndexRange part, int horizon) => part.End - 1 + Math.Max(horizon, 2);
}

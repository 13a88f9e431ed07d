using TrainingCluster.Trading.AbTests;

namespace TrainingCluster.UnitTests.Trading.AbTests;

/// <summary>Published tables of sequential testing.</summary>
public sealed class GroupSequentialSpecs
{
    [Theory]
    [InlineData(1, .05)]
    [InlineData(2, .0831)]
    [InlineData(5, .1417)]
    [InlineData(10, .1934)]
    [InlineData(20, .2479)]
    public void Looking_again_and_again_at_the_usual_bound_rejects_far_too_often(int looks, double error) =>
        Assert.Equal(error, PeekingError.Of(Enumerable.Repeat(1.959963985, looks).ToArray()), 1e-4);

    [Theory]
    [InlineData(2, 2.178)]
    [InlineData(5, 2.413)]
    public void Pococks_bounds(int looks, double bound) =>
        Assert.All(GroupSequential.Pocock(looks), actual => Assert.Equal(bound, actual, 1e-3));

    [Fact]
    public void O_brien_and_flemings_bounds()
    {
        Assert.Equal([2.797, 1.977], GroupSequential.OBrienFleming(2), new Within(1e-3));
        Assert.Equal([4.562, 3.226, 2.634, 2.281, 2.040], GroupSequential.OBrienFleming(5), new Within(1e-3));
    }

    [Theory]
    [InlineData(.25, 8.8575e-5, .0178687)]
    [InlineData(.5, .0055746, .0310057)]
    [InlineData(.75, .0236251, .0413994)]
    [InlineData(1, .05, .05)]
    public void Spending_of_the_error_by_lan_and_demets(double share, double obrien, double pocock)
    {
        Assert.Equal(obrien, GroupSequential.OBrienFlemingSpending(share), 1e-7);
        Assert.Equal(pocock, GroupSequential.PocockSpending(share), 1e-7);
    }

    [Fact]
    public void Walds_bounds()
    {
        var bounds = WaldBounds.Of(.05, .2);

        Assert.Equal(2.772589, bounds.Accept, 1e-6);
        Assert.Equal(-1.558145, bounds.Reject, 1e-6);
        Assert.Throws<ArgumentException>(() => WaldBounds.Of(.6, .5));
    }

    [Fact]
    public void A_split_that_is_off_by_two_per_cent_of_ten_thousand_is_an_alarm()
    {
        var ratio = SampleRatio.Check([5210, 4790], [.5, .5]);

        Assert.Equal(17.64, ratio.ChiSquare, 1e-10);
        Assert.Equal(2.67e-5, ratio.PValue, 1e-7);
        Assert.True(ratio.IsMismatch);
        Assert.False(SampleRatio.Check([5050, 4950], [.5, .5]).IsMismatch);
    }

    [Theory]
    [InlineData(0, 3956)]
    [InlineData(.9, 396)]
    [InlineData(.95, 198)]
    public void Arms_that_see_other_bars_need_far_longer_than_paired_ones(double correlation, long days) =>
        Assert.Equal(days, PairedDesign.BarsPerArm(1 / Math.Sqrt(252), correlation));
}

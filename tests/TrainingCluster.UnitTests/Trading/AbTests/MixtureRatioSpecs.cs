using TrainingCluster.Trading.AbTests;

namespace TrainingCluster.UnitTests.Trading.AbTests;

public sealed class MixtureRatioSpecs
{
    private static readonly MixtureRatio Published = new(Variance: 1, PriorVariance: .04);

    [Theory]
    [InlineData(50, 1.124525, .889265, .461197)]
    [InlineData(100, 2.215063, .451454, .308239)]
    [InlineData(200, 11.669088, .085697, .214619)]
    [InlineData(400, 451.6037, .002214, .153103)]
    public void Ratio_p_value_and_width_at_a_mean_of_a_fifth(long count, double ratio, double p, double width)
    {
        Assert.Equal(ratio, Published.Ratio(.2, count), ratio * 1e-6);
        Assert.Equal(p, Published.PValue(.2, count), 1e-6);
        Assert.Equal(width, Published.HalfWidth(count, .05), 1e-6);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(777)]
    public void The_interval_ends_where_the_ratio_reaches_one_over_alpha(long count) =>
        Assert.Equal(20, Published.Ratio(Published.HalfWidth(count, .05), count), 1e-9);

    [Fact]
    public void The_prior_for_a_horizon_makes_the_interval_narrowest_there()
    {
        var best = MixtureRatio.PriorFor(1, 500, .05);
        double Width(double prior) => new MixtureRatio(1, prior).HalfWidth(500, .05);

        Assert.True(Width(best) < Width(best * 2) && Width(best) < Width(best / 2));
    }
}

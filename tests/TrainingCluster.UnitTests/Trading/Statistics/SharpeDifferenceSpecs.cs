using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class SharpeDifferenceSpecs
{
    [Theory]
    [InlineData(0, .789298, .4299)]
    [InlineData(.5, 1.115271, .2647)]
    [InlineData(.9, 2.489893, .01278)]
    public void Memmels_correction_over_five_years_of_days(double correlation, double z, double p)
    {
        var root = Math.Sqrt(252);

        var test = SharpeDifference.Memmel(1.5 / root, 1 / root, correlation, 1260);

        Assert.Equal(z, test.Z, 1e-6);
        Assert.Equal(p, test.PValue, 1e-4);
    }

    [Fact]
    public void Ledoit_and_wolf_on_six_pairs()
    {
        double[] first = [.02, -.01, .03, 0, .01, .02];
        double[] second = [.01, 0, .01, -.01, .02, 0];

        var test = SharpeDifference.LedoitWolf(first, second, meanBlockLength: 1)!;

        Assert.Equal(.346010, test.Difference, 1e-6);
        Assert.Equal(.461887, test.StandardError, 1e-6);
        Assert.Equal(.749123, test.Z, 1e-6);
        Assert.Equal(.453783, test.PValue, 1e-6);
    }

    [Fact]
    public void Equal_models_with_correlated_bars_are_told_apart_about_as_often_as_the_level_says()
    {
        const int Markets = 400;
        var rejected = 0;
        for (var market = 0; market < Markets; market++)
        {
            var stream = new Seed((ulong)market).For("pairs").Stream();
            var (first, second) = (Persistent(stream), Persistent(stream));
            rejected += SharpeDifference.LedoitWolf(first, second)!.PValue < .05 ? 1 : 0;
        }

        // The normal distribution is a little optimistic in samples of this size.
        Assert.InRange(rejected / (double)Markets, .02, .11);
    }

    [Fact]
    public void A_model_against_itself_or_without_variance_has_no_test()
    {
        double[] returns = [.01, -.02, .03, .01];

        Assert.Null(SharpeDifference.LedoitWolf(returns, returns));
        Assert.Null(SharpeDifference.LedoitWolf(returns, [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => SharpeDifference.LedoitWolf(returns, [.01]));
    }

    private static double[] Persistent(RandomStream stream)
    {
        var values = Gaussian.Series(stream, 500);
        for (var t = 1; t < values.Length; t++)
        {
            values[t] += .3 * values[t - 1];
        }

        return values;
    }
}

using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class StandardNormalSpecs
{
    // Abramowitz and Stegun, table 26.1, and 26.2.12 for the far tail; digits by series expansion.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.84134474606854294859)]
    [InlineData(-1, 0.15865525393145705141)]
    [InlineData(1.96, 0.97500210485177960)]
    [InlineData(-3, 0.0013498980316300945267)]
    [InlineData(-6, 9.8658764503769814070e-10)]
    [InlineData(-10, 7.6198530241605260660e-24)]
    public void Probabilities_are_exact_to_twelve_digits_in_the_tails_too(double x, double expected)
    {
        Assert.Equal(1, StandardNormal.Cdf(x) / expected, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400542355)]
    [InlineData(0.95, 1.6448536269514722149)]
    [InlineData(0.999, 3.0902323061678135415)]
    [InlineData(1e-10, -6.3613409024040562047)]
    public void Quantiles_are_exact_to_twelve_digits(double probability, double expected)
    {
        Assert.Equal(expected, StandardNormal.Quantile(probability), 1e-12);
    }

    [Fact]
    public void A_quantile_undoes_the_probability()
    {
        for (var x = -6.0; x <= 6; x += 0.125)
        {
            Assert.Equal(x, StandardNormal.Quantile(StandardNormal.Cdf(x)), x < 2 ? 1e-12 : 1e-7);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_probability_that_has_no_quantile_is_refused(double probability)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(probability));

        Assert.Contains("strictly between 0 and 1", error.Message);
    }
}

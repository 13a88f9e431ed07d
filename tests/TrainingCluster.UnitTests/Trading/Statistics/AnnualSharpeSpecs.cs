using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class AnnualSharpeSpecs
{
    [Fact]
    public void Independent_returns_are_annualised_by_the_root()
    {
        var returns = Returns(autocorrelation: 0);

        var sharpe = AnnualSharpe.Of(returns, 252, lags: 5);

        Assert.False(sharpe.IsCorrelated);
        Assert.Equal(SharpeStatistics.Sharpe(returns) * Math.Sqrt(252), sharpe.Reported, 1e-12);
    }

    [Theory]
    [InlineData(.3)]
    [InlineData(-.3)]
    public void Correlated_returns_are_annualised_by_what_a_year_of_them_varies(double autocorrelation)
    {
        var sharpe = AnnualSharpe.Of(Returns(autocorrelation), 252, lags: 5);

        // In the limit of many bars η is √q · √((1 − ρ)/(1 + ρ)).
        var factor = Math.Sqrt((1 - autocorrelation) / (1 + autocorrelation));
        Assert.True(sharpe.IsCorrelated);
        Assert.Equal(factor, sharpe.Reported / sharpe.Plain, 0.06);
    }

    [Fact]
    public void A_flat_series_has_none()
    {
        var sharpe = AnnualSharpe.Of(new double[50], 252);

        Assert.Contains("zero variance", sharpe.Reported.Undefined);
        Assert.Contains("zero variance", sharpe.Adjusted.Undefined);
    }

    private static double[] Returns(double autocorrelation)
    {
        var values = Gaussian.Series(new Seed(12).Stream(), 5000);
        for (var t = 1; t < values.Length; t++)
        {
            values[t] += autocorrelation * values[t - 1];
        }

        return [.. values.Select(value => 0.05 + value)];
    }
}

using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.UnitTests.MarketData.Synthetic;

public sealed class SyntheticMarketSpecs
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(-0.5)]
    public void The_signal_correlates_with_the_next_return_as_asked(double correlation)
    {
        var bars = Generate(new SyntheticMarketOptions { Bars = 40_000, SignalCorrelation = correlation });
        var signal = bars.Extra.Single(column => column.Name == "signal").Values.ToArray();

        var measured = Correlation(signal[..^1], Returns(bars)[1..]);

        Assert.InRange(measured, correlation - 0.02, correlation + 0.02);
        Assert.InRange(Correlation(signal[..^1], signal[1..]), 0.88, 0.92);
        Assert.InRange(Correlation(signal, signal.Select(s => s * s).ToArray()), -0.1, 0.1);
    }

    [Fact]
    public void Without_a_signal_the_market_is_a_fair_game_with_the_given_volatility()
    {
        var bars = Generate(new SyntheticMarketOptions { Bars = 40_000 });
        var returns = Returns(bars)[1..];
        var deviation = Math.Sqrt(returns.Sum(r => r * r) / returns.Length);
        var simple = returns.Average(r => Math.Exp(r) - 1);

        Assert.Empty(bars.Extra);
        Assert.InRange(deviation, 0.0098, 0.0102);
        Assert.InRange(simple, -1.5e-4, 1.5e-4);
        Assert.InRange(Correlation(returns[..^1], returns[1..]), -0.015, 0.015);
    }

    [Fact]
    public void Each_bar_opens_at_the_close_before_it_and_holds_its_own_prices()
    {
        var bars = Generate(
            new SyntheticMarketOptions { Bars = 2000, Regimes = true, SignalCorrelation = 0.3 });

        for (var t = 0; t < bars.Count; t++)
        {
            Assert.True(t == 0 || bars.Open[t] == bars.Close[t - 1]);
            Assert.True(bars.High[t] >= Math.Max(bars.Open[t], bars.Close[t]));
            Assert.True(bars.Low[t] <= Math.Min(bars.Open[t], bars.Close[t]));
        }

        Assert.Equal(946_857_600_000, bars.Times[0]);
        Assert.Equal(252, bars.BarsPerYear);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var options = new SyntheticMarketOptions { Bars = 500, SignalCorrelation = 0.2, Regimes = true };

        var digest = SyntheticMarket.Generate(options, new Seed(7)).Digest;

        Assert.Equal(digest, SyntheticMarket.Generate(options, new Seed(7)).Digest);
        Assert.NotEqual(digest, SyntheticMarket.Generate(options, new Seed(8)).Digest);
    }

    [Fact]
    public void A_longer_market_begins_like_a_shorter_one()
    {
        var options = new SyntheticMarketOptions { Bars = 300, SignalCorrelation = 0.2, Regimes = true };

        Assert.Equal(
            SyntheticMarket.Generate(options, new Seed(7)).Slice(0, 100).Digest,
            SyntheticMarket.Generate(options with { Bars = 100 }, new Seed(7)).Digest);
    }

    [Fact]
    public void Options_out_of_range_are_listed_together()
    {
        var error = Assert.Throws<ArgumentException>(() => Generate(new SyntheticMarketOptions
        {
            Bars = 0,
            Volatility = -1,
            SignalCorrelation = 1,
        }));

        Assert.Equal(
            """
            The market cannot be generated:
              Bars is 0; it must be 1 to 2,000,000
              Volatility is -1; it must be above 0 and at most 1
              SignalCorrelation is 1; it must lie between -1 and 1
            """,
            error.Message);
    }

    private static BarSeries Generate(SyntheticMarketOptions options) =>
        SyntheticMarket.Generate(options, new Seed(11));

    private static double[] Returns(BarSeries bars)
    {
        var returns = new double[bars.Count];
        for (var t = 1; t < bars.Count; t++)
        {
            returns[t] = Math.Log(bars.Close[t] / bars.Close[t - 1]);
        }

        return returns;
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}

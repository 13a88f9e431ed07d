using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.Features.Rolling;

public sealed class RollingSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20)]
    public void Moments_are_those_of_the_window_computed_afresh(int period)
    {
        var values = Noise(500);
        var moments = new RollingMoments(period);

        for (var t = 0; t < values.Length; t++)
        {
            moments.Add(values[t]);

            Assert.Equal(t >= period - 1, moments.IsDefined);
            if (moments.IsDefined)
            {
                var window = values[(t - period + 1)..(t + 1)];
                var mean = window.Average();
                Assert.Equal(mean, moments.Mean, 12);
                Assert.Equal(window.Sum(x => (x - mean) * (x - mean)), moments.SquaredDeviations, 11);
            }
            else
            {
                Assert.True(double.IsNaN(moments.Mean) && double.IsNaN(moments.SampleDeviation));
            }
        }
    }

    [Fact]
    public void An_outlier_leaves_no_trace_once_it_left_the_window()
    {
        var moments = new RollingMoments(5);
        foreach (var value in new[] { 1.0, 2, 1e18, 3, 1, 0.1, 0.2, 0.3, 0.4, 0.5 })
        {
            moments.Add(value);
        }

        Assert.Equal(0.3, moments.Mean, 15);
        Assert.Equal(0.1, moments.SquaredDeviations, 15);
    }

    [Fact]
    public void Equal_values_have_no_deviation_at_all()
    {
        var moments = new RollingMoments(20);
        for (var t = 0; t < 100; t++)
        {
            moments.Add(0.1);
            Assert.True(t < 19 || moments.SquaredDeviations == 0);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(14)]
    public void Extremes_are_those_of_the_window_searched_afresh(int period)
    {
        var values = Array.ConvertAll(Noise(500), x => Math.Round(x, 1));

        var largest = RollingExtreme.Largest(values, period);
        var smallest = RollingExtreme.Smallest(values, period);

        for (var t = 0; t < values.Length; t++)
        {
            var window = values[Math.Max(0, t - period + 1)..(t + 1)];
            Assert.Equal(t >= period - 1 ? window.Max() : double.NaN, largest[t]);
            Assert.Equal(t >= period - 1 ? window.Min() : double.NaN, smallest[t]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(14)]
    public void The_age_of_an_extreme_is_that_of_its_newest_place(int period)
    {
        var values = Array.ConvertAll(Noise(500), x => Math.Round(x, 1));
        var (largest, smallest) = (PlacedExtreme.Largest(period), PlacedExtreme.Smallest(period));

        for (var t = 0; t < values.Length; t++)
        {
            var (high, low) = (largest.Next(values[t]), smallest.Next(values[t]));
            if (t >= period - 1)
            {
                var window = values[..(t + 1)];
                Assert.Equal(window[^period..].Max(), high);
                Assert.Equal(window[^period..].Min(), low);
                Assert.Equal(t - Array.LastIndexOf(window, high), largest.Age);
                Assert.Equal(t - Array.LastIndexOf(window, low), smallest.Age);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public void A_mean_alone_is_that_of_the_moments_bit_for_bit(int period)
    {
        var (mean, moments) = (new RollingMean(period), new RollingMoments(period));
        foreach (var value in Noise(500))
        {
            moments.Add(value);

            Assert.Equal(
                BitConverter.DoubleToInt64Bits(moments.Mean), BitConverter.DoubleToInt64Bits(mean.Next(value)));
        }
    }

    [Fact]
    public void A_period_below_one_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SmaIndicator(0));

        Assert.Equal("rolling.period is 0; it must be at least 1", error.Message);
    }

    private static double[] Noise(int count)
    {
        var random = new RandomStream(5);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}

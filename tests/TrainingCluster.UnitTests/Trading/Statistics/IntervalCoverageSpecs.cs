using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;
using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Trading.Statistics;

/// <summary>How often a 95 % interval holds the true Sharpe ratio of AR(1) returns, φ = .3, 750 bars.</summary>
public sealed class IntervalCoverageSpecs(ITestOutputHelper output)
{
    private const int Markets = 1000;
    private const int Resamples = 1000;
    private const double Truth = 0.1;

    [Fact]
    public void The_studentised_interval_covers_as_it_says_and_the_percentile_one_covers_less()
    {
        var studentised = Coverage(IntervalMethod.Studentised);
        var percentile = Coverage(IntervalMethod.Percentile);

        output.WriteLine($"studentised {studentised:P1}, percentile {percentile:P1} of {Markets} markets");
        Assert.InRange(studentised, 0.93, 0.97);
        Assert.InRange(percentile, 0.90, 0.94);
        Assert.True(percentile < studentised, $"percentile {percentile}, studentised {studentised}");
    }

    private static double Coverage(IntervalMethod method)
    {
        var held = 0;
        for (var market = 0; market < Markets; market++)
        {
            var returns = StationaryBootstrapSpecs.AutoregressiveSample(
                750, new MersenneGaussians(1000 + (uint)market));
            var scale = 1 / Math.Sqrt(1 - 0.09);
            for (var i = 0; i < returns.Length; i++)
            {
                returns[i] += Truth * scale;
            }

            var interval = SharpeInterval.Stationary(
                returns, new Seed((ulong)market), Resamples, method: method);
            held += interval.Low <= Truth && Truth <= interval.High ? 1 : 0;
        }

        return held / (double)Markets;
    }
}

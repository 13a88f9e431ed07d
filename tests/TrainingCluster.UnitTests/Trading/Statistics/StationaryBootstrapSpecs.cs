using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class StationaryBootstrapSpecs
{
    private static readonly double[] Sample = AutoregressiveSample(10_000, new MersenneGaussians(0));

    [Fact]
    public void The_automatic_block_lengths_meet_the_published_vector()
    {
        var length = BlockLength.Optimal(Sample);

        Assert.Equal(13.635665, length.Stationary, 13.635665 * 1e-4);
        Assert.Equal(15.60894, length.Circular, 15.60894 * 1e-4);
    }

    [Fact]
    public void A_sample_that_says_nothing_about_dependence_gets_blocks_of_one()
    {
        Assert.Equal(new BlockLength(1, 1), BlockLength.Optimal([1, 2, 3]));
        Assert.Equal(new BlockLength(1, 1), BlockLength.Optimal(new double[100]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Block_lengths_are_geometric_with_the_given_mean_and_starts_are_uniform(double mean)
    {
        var source = new StationaryBootstrap(mean, new Seed(11));
        var runs = new IndexRun[5000];
        var (sum, sumOfSquares, count, startSum) = (0.0, 0.0, 0, 0.0);

        for (var resample = 0; resample < 200; resample++)
        {
            var written = source.Next(runs, runs.Length);
            Assert.Equal(runs.Length, runs.Take(written).Sum(run => run.Length));

            // The last run is cut short by the sample's end: it is not a draw of the length.
            foreach (var run in runs.Take(written - 1))
            {
                sum += run.Length;
                sumOfSquares += (double)run.Length * run.Length;
                startSum += run.Start;
                count++;
            }
        }

        var average = sum / count;
        var error = Math.Sqrt((sumOfSquares / count - average * average) / count);
        Assert.InRange(average, mean - 3 * error - 0.005 * mean, mean + 3 * error);
        var startError = runs.Length / Math.Sqrt(12 * count);
        Assert.InRange(
            startSum / count, runs.Length / 2.0 - 4 * startError, runs.Length / 2.0 + 4 * startError);
    }

    [Fact]
    public void Blocks_of_one_are_the_independent_bootstrap()
    {
        const int Observations = 20;
        const int Resamples = 5000;
        var source = new StationaryBootstrap(1, new Seed(6));
        var runs = new IndexRun[Observations];
        var pairs = new int[Observations, Observations];
        for (var i = 0; i < Resamples; i++)
        {
            Assert.Equal(Observations, source.Next(runs, Observations));
            Assert.All(runs, run => Assert.Equal(1, run.Length));
            pairs[runs[0].Start, runs[1].Start]++;
        }

        // What is drawn first says nothing of what is drawn next: 399 degrees of freedom, five deviations.
        var expected = Resamples / (double)pairs.Length;
        var chiSquare = pairs.Cast<int>().Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquare, 399 - 5 * Math.Sqrt(2 * 399), 399 + 5 * Math.Sqrt(2 * 399));
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(1e9)]
    public void Lengths_are_those_of_the_inverted_distribution_draw_by_draw(double mean)
    {
        const int Observations = 100_000;
        var source = new StationaryBootstrap(mean, new Seed(8));
        var draws = new Seed(8).Stream();
        var runs = new IndexRun[Observations];
        var left = Observations;

        foreach (var run in runs.Take(source.Next(runs, Observations)))
        {
            var draw = (uint)draws.NextUInt64() / (double)(1UL << 32);
            var length = draw < 1 / mean ? 1 : 1 + Math.Floor(Math.Log(1 - draw) * (1 / Math.Log(1 - 1 / mean)));
            Assert.Equal(Math.Min(left, length), run.Length);
            left -= run.Length;
        }

        Assert.Equal(0, left);
    }

    [Fact]
    public void Every_observation_is_drawn_equally_often_at_every_place_because_blocks_wrap_around()
    {
        const int Observations = 50;
        const int Resamples = 4000;
        var source = new StationaryBootstrap(10, new Seed(5));
        var runs = new IndexRun[Observations];
        var drawn = new int[Observations];

        for (var i = 0; i < Resamples; i++)
        {
            foreach (var run in runs.Take(source.Next(runs, Observations)))
            {
                for (var k = 0; k < run.Length; k++)
                {
                    drawn[(run.Start + k) % Observations]++;
                }
            }
        }

        // Draws of one block hit an index at most once; blocks of ten widen the binomial error by about √19.
        var error = Math.Sqrt(Resamples * 19.0);
        Assert.All(drawn, count => Assert.InRange(count, Resamples - 5 * error, Resamples + 5 * error));
    }

    [Fact]
    public void Endless_blocks_are_rotations_and_give_an_interval_of_no_width()
    {
        var returns = Sample[..300];

        var interval = SharpeInterval.FromResamples(
            returns,
            new StationaryBootstrap(double.PositiveInfinity, new Seed(1)),
            300,
            method: IntervalMethod.Percentile);

        var sharpe = SharpeStatistics.Sharpe(returns).Value!.Value;
        Assert.Equal(sharpe, interval.Low!.Value, 1e-12);
        Assert.Equal(sharpe, interval.High!.Value, 1e-12);
    }

    [Fact]
    public void Literal_indices_give_the_sharpe_ratios_of_a_hand_table()
    {
        // Resamples (1,2,3,4), (1,1,2,2) and (4,4,4,1): Sharpe 2.5/√(5/3), 1.5/√(1/3), 3.25/1.5.
        double[] returns = [1, 2, 3, 4];
        var source = new LiteralIndices([0, 1, 2, 3], [0, 0, 1, 1], [3, 3, 3, 0]);
        double[] expected = [2.5 / Math.Sqrt(5.0 / 3), 3.25 / 1.5, 1.5 / Math.Sqrt(1.0 / 3)];

        var interval = SharpeInterval.FromResamples(
            returns, source, 1, resamples: 3, confidence: 0.5, method: IntervalMethod.Percentile);

        Array.Sort(expected);
        Assert.Equal((expected[0] + expected[1]) / 2, interval.Low!.Value, 1e-12);
        Assert.Equal((expected[1] + expected[2]) / 2, interval.High!.Value, 1e-12);
    }

    [Fact]
    public void Resamples_without_spread_are_left_out_and_too_many_of_them_leave_no_interval()
    {
        var source = new LiteralIndices([0, 0, 0, 0], [1, 1, 1, 1], [3, 3, 3, 0]);

        var interval = SharpeInterval.FromResamples(
            [1, 2, 3, 4], source, 1, resamples: 3, method: IntervalMethod.Percentile);

        Assert.Contains("2 of 3 resamples", interval.Undefined);
        Assert.Null(interval.Low);
    }

    [Fact]
    public void A_series_without_variance_has_no_interval()
    {
        Assert.Contains("zero variance", SharpeInterval.Stationary(new double[50], new Seed(3)).Undefined);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var returns = Sample[..500];

        var first = SharpeInterval.Stationary(returns, new Seed(3));

        Assert.Equal(first, SharpeInterval.Stationary(returns, new Seed(3)));
        Assert.NotEqual(first, SharpeInterval.Stationary(returns, new Seed(4)));
        Assert.True(
            first.Low < SharpeStatistics.Sharpe(returns) && SharpeStatistics.Sharpe(returns) < first.High);
    }

    internal static double[] AutoregressiveSample(int count, MersenneGaussians normals)
    {
        const int Burn = 100;
        var values = new double[count + Burn];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = normals.Next() + (i == 0 ? 0 : 0.3 * values[i - 1]);
        }

        return values[Burn..];
    }
}

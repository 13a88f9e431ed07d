using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Labels;

public sealed class FurtherLabelSpecs
{
    [Fact]
    public void Returns_start_at_the_fill_and_end_at_a_later_open()
    {
        var bars = Bars.Exactly((1, 9, 1, 5), (2, 9, 1, 5), (4, 9, 1, 5), (3, 9, 1, 5), (3, 9, 1, 5));

        var next = ReturnLabels.Compute(bars);
        var two = ReturnLabels.Compute(bars, 2);

        Assert.Equal([1, -1, 0, 0, 0], next.Direction.Select(direction => (int)direction));
        Assert.Equal([2, 3, 4, 3, 4], next.LastBar.ToArray());
        Assert.Equal(Math.Log(2), next.Return[0], 1e-15);
        Assert.Equal(Math.Log(1.5), two.Return[0], 1e-15);
        Assert.Equal(Math.Log(0.75), two.Return[1], 1e-15);
        Assert.True(double.IsNaN(next.Return[3]));
    }

    [Fact]
    public void Trend_scanning_takes_the_line_with_the_largest_t()
    {
        // Five opens rise almost straight, then they fall back: the shortest line is the strongest.
        double[] opens = [50, 100, 101, 102.2, 103, 104.1, 95, 90, 85, 80, 70, 60];
        var bars = Bars.Exactly([.. opens.Select(open => (open, 200.0, 1.0, open))]);

        var labels = TrendLabels.Compute(bars, 5, 8);

        Assert.Equal((1, 5, 8), (labels.Direction[0], labels.LineEnd[0], labels.LastBar[0]));
        Assert.Equal(Slope(opens[1..6]), labels.Strength[0], 1e-6);
        Assert.Equal(-1, labels.Direction[3]);
        Assert.Equal([0, 0, 0, 0], labels.Direction.TakeLast(4).Select(direction => (int)direction));
        Assert.Equal(11, labels.LastBar[11]);
        Assert.Equal(0, TrendLabels.Compute(Bars.Daily(30).Build()).Direction[0]);
    }

    [Fact]
    public void Labels_know_only_the_bars_up_to_their_last()
    {
        var bars = Bars.Daily(400).Noisy(0.01).Build();
        const int now = 250;
        var corrupted = Future.CorruptAfter(bars, now);
        var (trend, changedTrend) = (TrendLabels.Compute(bars), TrendLabels.Compute(corrupted));
        var (next, changedNext) = (ReturnLabels.Compute(bars, 3), ReturnLabels.Compute(corrupted, 3));
        var (scale, changedScale) = (BarrierScale.Deviation(bars), BarrierScale.Deviation(corrupted));

        for (var t = 0; t <= now; t++)
        {
            Assert.Equal(scale[t], changedScale[t]);
            if (next.LastBar[t] <= now)
            {
                Assert.Equal(next.Return[t], changedNext.Return[t]);
            }

            if (trend.LastBar[t] <= now)
            {
                Assert.Equal(trend.Strength[t], changedTrend.Strength[t]);
                Assert.Equal(trend.LineEnd[t], changedTrend.LineEnd[t]);
            }
        }
    }

    [Fact]
    public void The_deviation_scale_is_the_deviation_in_price_units()
    {
        var bars = Bars.Daily(3000).From(200).Noisy(0.02).Build();

        var one = BarrierScale.Deviation(bars);
        var nine = BarrierScale.Deviation(bars, horizon: 9);

        Assert.All(one.Take(100), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(0.02, one.Skip(100).Zip(bars.Close.ToArray().Skip(100), (d, close) => d / close).Average(), 0.001);
        Assert.Equal(3 * one[500], nine[500], 1e-9);
        var labels = Labelling.Label(
            bars, [.. Enumerable.Repeat((sbyte)1, 3000)], one, new BarrierOptions(10, 2, 2));
        Assert.Equal(3000 - 100 - 11, labels.Valid.Count(valid => valid));
    }

    private static double Slope(double[] opens)
    {
        var n = opens.Length;
        double[] y = [.. opens.Select(open => Math.Log(open))];
        var (meanX, meanY) = ((n - 1) / 2.0, y.Average());
        var xx = Enumerable.Range(0, n).Sum(i => (i - meanX) * (i - meanX));
        var slope = Enumerable.Range(0, n).Sum(i => (i - meanX) * (y[i] - meanY)) / xx;
        var residual = Enumerable.Range(0, n).Sum(i => Math.Pow(y[i] - meanY - slope * (i - meanX), 2));
        return slope / Math.Sqrt(residual / (n - 2) / xx);
    }
}

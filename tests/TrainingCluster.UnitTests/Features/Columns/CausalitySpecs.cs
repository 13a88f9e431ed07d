using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Columns;

/// <summary>No feature uses the future: tested by taking it away and by changing it.</summary>
public sealed class CausalitySpecs
{
    public static TheoryData<string> Markets => ["sp500-daily", "aapl-daily", "synthetic"];

    [Theory]
    [MemberData(nameof(Markets))]
    public void Features_of_a_prefix_are_those_of_the_whole_bit_for_bit(string market)
    {
        var bars = Get(market);
        var whole = FeatureSet.Compute(bars);

        foreach (var t in Cuts(bars.Count))
        {
            var prefix = FeatureSet.Compute(bars.Slice(0, t + 1));

            AssertSame(whole, prefix, t + 1);
        }
    }

    [Theory]
    [MemberData(nameof(Markets))]
    public void Features_do_not_notice_a_corrupted_future(string market)
    {
        var bars = Get(market);
        var whole = FeatureSet.Compute(bars);

        foreach (var t in Cuts(bars.Count - 1))
        {
            var corrupted = FeatureSet.Compute(Future.CorruptAfter(bars, t, seed: (ulong)t));

            AssertSame(whole, corrupted, t + 1);
        }
    }

    [Fact]
    public void Every_feature_that_reads_prices_notices_the_present()
    {
        var bars = Samples.Aapl;
        var whole = FeatureSet.Compute(bars);

        var changed = FeatureSet.Compute(Future.CorruptAfter(bars, 599));

        for (var i = 0; i < whole.Names.Length; i++)
        {
            var calendar = whole.Names[i].StartsWith("weekday") || whole.Names[i].StartsWith("month");
            Assert.Equal(calendar, whole.Column(i)[600] == changed.Column(i)[600]);
        }
    }

    private static BarSeries Get(string market) => market == "synthetic"
        ? SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 700, SignalCorrelation = 0.2, Regimes = true }, new Seed(3))
        : Samples.Get(market);

    /// <summary>Every bar around the warm-up, and some drawn from all of them.</summary>
    private static IEnumerable<int> Cuts(int count)
    {
        var random = new Seed(4).For("cuts").Stream();
        return Enumerable.Range(0, 45).Concat(Enumerable.Range(0, 25).Select(_ => random.NextInt32(count)));
    }

    private static void AssertSame(FeatureTable expected, FeatureTable actual, int count)
    {
        Assert.Equal(expected.Names.AsEnumerable(), actual.Names);
        for (var i = 0; i < expected.Names.Length; i++)
        {
            Bits.Same(expected.Column(i), actual.Column(i), count, expected.Names[i]);
        }
    }
}

using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Adjustments;

public sealed class PriceAdjustmentSpecs
{
    [Fact]
    public void A_split_divides_earlier_prices_and_multiplies_earlier_volumes()
    {
        var bars = Bars.Closing(100, 100, 50, 50).Build();

        var (adjusted, repairs) = PriceAdjustment.Apply(bars, [new PriceFactor(bars.Times[2], SharesPerOld: 2)]);

        Assert.Equal([50.0, 50, 50, 50], adjusted.Close.ToArray());
        Assert.Equal([2000.0, 2000, 1000, 1000], adjusted.Volume.ToArray());
        Assert.Equal("split", Assert.Single(repairs.Items).Rule);
    }

    [Fact]
    public void A_dividend_takes_its_share_of_the_close_before()
    {
        var bars = Bars.Closing(100, 100, 98).Build();

        var (adjusted, _) = PriceAdjustment.Apply(bars, [new PriceFactor(bars.Times[2], Dividend: 2)]);

        Assert.Equal([98.0, 98, 98], adjusted.Close.ToArray());
        Assert.Equal(bars.Volume.ToArray(), adjusted.Volume.ToArray());
    }

    [Fact]
    public void Factors_add_up_in_any_order_and_those_before_the_first_bar_change_nothing()
    {
        var bars = Bars.Closing(600, 300, 100).Build();
        PriceFactor[] factors =
            [new(bars.Times[1], 2), new(bars.Times[2], 3), new(bars.Times[0] - 1, 7)];

        Assert.Equal([100.0, 100, 100], PriceAdjustment.Apply(bars, factors).Bars.Close.ToArray());
        Assert.Equal(
            PriceAdjustment.Apply(bars, factors).Bars.Digest,
            PriceAdjustment.Apply(bars, factors.Reverse()).Bars.Digest);
    }

    [Fact]
    public void A_dividend_above_the_price_is_refused()
    {
        var bars = Bars.Closing(10, 10).Build();

        Assert.Throws<ArgumentException>(
            () => PriceAdjustment.Apply(bars, [new PriceFactor(bars.Times[1], Dividend: 10)]));
    }

    [Fact]
    public void General_electric_adjusted_for_its_splits_is_the_series_published_adjusted()
    {
        if (SharedData.Find("bars", "npm-rsc_GE_1d.csv.gz") is not { } raw)
        {
            return;
        }

        var published = CsvBarReader.Read(SharedData.Find("bars", "npm-rsc_GE-splitadj_1d.csv.gz")!);
        (string Day, double Shares)[] splits =
        [
            ("1971-06-08", 2), ("1983-06-02", 2), ("1987-05-26", 2), ("1994-05-16", 2), ("1997-05-12", 2),
            ("2000-05-08", 3),
        ];

        var bars = CsvBarReader.Read(raw);
        var found = SplitDetector.Find(bars.ToDraft()).Select(split => bars.Times[split.Bar]).ToArray();
        var (adjusted, _) = PriceAdjustment.Apply(
            bars, splits.Select(split => new PriceFactor(Moment(split.Day), split.Shares)));

        Assert.Equal(splits.Select(split => Moment(split.Day)), found);
        for (var t = 0; t < bars.Count; t++)
        {
            Assert.Equal(published.Close[t], adjusted.Close[t], 0.0051);
        }
    }

    private static long Moment(string day) => DateTimeOffset.Parse(day + "T00:00:00Z").ToUnixTimeMilliseconds();
}

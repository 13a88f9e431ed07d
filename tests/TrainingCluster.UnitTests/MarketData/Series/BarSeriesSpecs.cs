using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Series;

public sealed class BarSeriesSpecs
{
    private static readonly long[] ThreeDays = [0, 86_400_000, 172_800_000];

    [Fact]
    public void Every_broken_rule_is_listed_with_bar_column_value_and_rule()
    {
        var error = Assert.Throws<BarDataException>(() => BarSeries.Create(
            "ABC",
            [0, 86_400_000, 86_400_000, 43_200_000],
            [1, double.NaN, 3, 4],
            [1, 2, double.PositiveInfinity, 4],
            [1, 2, 3, 0],
            [-1, 2, 3, 4],
            [1, -2, 3, 4]));

        Assert.Equal(
            """
            The bars cannot be used (7 violations):
              ABC, bar 2, column 'time', value '1970-01-02': must be later than the stamp before it, but repeats it; keep one bar a stamp
              ABC, bar 3, column 'time', value '1970-01-01T12:00:00Z': must be later than the stamp before it, 1970-01-02; sort the bars by time
              ABC, bar 1, column 'open', value 'NaN': must be a finite price; drop or repair the bar
              ABC, bar 2, column 'high', value 'Infinity': must be a finite price; drop or repair the bar
              ABC, bar 3, column 'low', value '0': must be above zero; drop or repair the bar
              ABC, bar 0, column 'close', value '-1': must be above zero; drop or repair the bar
              ABC, bar 1, column 'volume', value '-2': must be finite and not negative; use 0 for none
            """,
            error.Message);
        Assert.Equal(7, error.Violations.Length);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<BarDataException>(() => BarSeries.Create(
            "ABC",
            ThreeDays,
            [1, 2],
            [1, 2, 3],
            [1, 2, 3],
            [1, 2, 3],
            [0, 0, 0],
            [new BarColumn("vix", new double[4])]));

        Assert.Equal(
            """
            The bars cannot be used (2 violations):
              ABC, column 'open', value '2': must have 3 values, one a stamp
              ABC, column 'vix', value '4': must have 3 values, one a stamp
            """,
            error.Message);
    }

    [Fact]
    public void Twenty_violations_are_shown_and_the_rest_is_counted()
    {
        var bad = Enumerable.Repeat(0.0, 25).ToArray();
        var good = Enumerable.Repeat(1.0, 25).ToArray();
        var times = Enumerable.Range(0, 25).Select(t => t * 1000L).ToArray();

        var error = Assert.Throws<BarDataException>(
            () => BarSeries.Create("ABC", times, bad, good, good, good, good));

        Assert.Equal(25, error.Total);
        Assert.Equal(20, error.Violations.Length);
        Assert.EndsWith("\n  and 5 more", error.Message);
    }

    [Fact]
    public void A_slice_views_the_same_memory_and_is_the_series_of_its_bars()
    {
        var column = Enumerable.Range(0, 30).Select(t => (double)t).ToArray();
        var bars = Bars.Daily(30).Noisy(0.01).WithColumn("x", column).Build();

        var slice = bars.Slice(10, 5);

        Assert.Equal(5, slice.Count);
        Assert.True(bars.Close.Slice(10, 5) == slice.Close);
        Assert.Equal(10, slice.Extra[0].Values.Span[0]);
        Assert.Equal(slice.Digest, BarSeries.Create(
            bars.Symbol,
            slice.Times.ToArray(),
            slice.Open.ToArray(),
            slice.High.ToArray(),
            slice.Low.ToArray(),
            slice.Close.ToArray(),
            slice.Volume.ToArray(),
            [new BarColumn("x", slice.Extra[0].Values.ToArray())]).Digest);
    }

    [Fact]
    public void Between_takes_both_ends_in()
    {
        var bars = Bars.Daily(10).Build();
        var third = DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[2]);
        var sixth = DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[5]);

        Assert.True(bars.Times.Slice(2, 4) == bars.Between(third, sixth).Times);
        Assert.Equal(10, bars.Between(null, null).Count);
        Assert.Equal(7, bars.Between(third.AddHours(1), null).Count);
        Assert.Equal(0, bars.Between(sixth, third).Count);
    }

    [Fact]
    public void The_digest_changes_with_symbol_value_stamp_and_column_name()
    {
        var bars = Bars.Closing(1, 2, 3);
        var digests = new[]
        {
            bars.Build().Digest,
            bars.Named("OTHER").Build().Digest,
            Bars.Closing(1, 2, 4).Build().Digest,
            bars.WithColumn("a", 1, 2, 3).Build().Digest,
            bars.WithColumn("b", 1, 2, 3).Build().Digest,
            bars.Build().Slice(0, 2).Digest,
        };

        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(digests[0], Bars.Closing(1, 2, 3).Build().Digest);
    }

    [Theory]
    [InlineData(24 * 60, 365)]
    [InlineData(60, 365.25 * 24)]
    public void Bars_around_the_clock_fill_the_year(int stepMinutes, double perYear)
    {
        var bars = Bars.Every(TimeSpan.FromMinutes(stepMinutes), 1000).Build();

        Assert.Equal(TimeSpan.FromMinutes(stepMinutes), bars.Interval);
        Assert.Equal(perYear, bars.BarsPerYear, 6);
    }

    [Fact]
    public void Daily_bars_without_weekends_are_252_a_year()
    {
        Assert.Equal(252, Samples.Sp500.BarsPerYear);
        Assert.Equal(252, Samples.Aapl.BarsPerYear);
        Assert.Equal(TimeSpan.FromDays(1), Samples.Sp500.Interval);
    }

    [Fact]
    public void Minutes_of_sessions_are_252_usual_days_a_year_however_few_there_are()
    {
        var open = new DateTimeOffset(2016, 4, 18, 13, 30, 0, TimeSpan.Zero);
        var times = Enumerable.Range(0, 5)
            .SelectMany(day => Enumerable.Range(0, 390).Select(minute => (day, minute)))
            .Select(at => open.AddDays(at.day).AddMinutes(at.minute))
            .Select(time => time.ToUnixTimeMilliseconds())
            .ToArray();
        var price = Enumerable.Repeat(1.0, times.Length).ToArray();

        var bars = BarSeries.Create("M", times, price, price, price, price, price);

        Assert.Equal(TimeSpan.FromMinutes(1), bars.Interval);
        Assert.Equal(252 * 390, bars.BarsPerYear);
        Assert.Equal(252 * 390, bars.Slice(0, 390 * 2).BarsPerYear);
    }
}

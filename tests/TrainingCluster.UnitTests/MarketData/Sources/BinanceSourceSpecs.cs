using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>What is peculiar to Binance's klines.</summary>
public sealed class BinanceSourceSpecs
{
    [Fact]
    public async Task A_long_range_comes_in_pages_that_overlap_by_a_bar()
    {
        await using var world = new UpdateWorld();

        var outcome = await world.HourlyAsync(limit: 200);

        Assert.Equal(UpdateWorld.Hourly.Digest, world.Store.Open(outcome.Key)!.Digest);
        Assert.Equal(
            [UpdateWorld.Hourly.Times[199], UpdateWorld.Hourly.Times[398]],
            world.Binance.Questions.Skip(1).Select(question => question.Number("startTime")));
        Assert.All(world.Binance.Questions, question => Assert.Equal("200", question.Query["limit"]));
    }

    [Fact]
    public async Task The_bar_in_progress_is_left_out()
    {
        await using var world = new UpdateWorld();
        var end = UpdateWorld.Hourly.Last() + TimeSpan.FromMinutes(59);
        var clock = new Testing.Time.JumpingClock(end, TimeSpan.FromHours(12));
        var source = new TrainingCluster.MarketData.Sources.Binance.BinanceSource(
            new HttpClient(), clock,
            new() { BaseAddress = world.Binance.Address, Timeout = UpdateWorld.RequestTimeout });

        var outcomes = await new TrainingCluster.MarketData.Sources.Updates.BarUpdate(world.Store, world.Options, clock)
            .RunAsync(source, ["BTCUSDT"], [UpdateWorld.Hour], null, default);

        Assert.Equal((499, 1L), (outcomes[0].Added, outcomes[0].Repairs.Counts["half-bar"]));
    }

    [Fact]
    public async Task Bars_of_another_length_than_asked_are_refused()
    {
        await using var world = new UpdateWorld();
        world.Binance.Offer(Bars.Every(TimeSpan.FromHours(2), 100).Named("SLOW").Noisy(0.01).Build());

        var outcome = await world.RunAsync(world.BinanceSource(), "SLOW", UpdateWorld.Hour);

        Assert.Contains("02:00:00", outcome.Findings.Single(f => f.Rule == FetchRule.WrongTimeframe).Detail);
    }

    [Fact]
    public async Task Missing_hours_of_a_market_without_rest_are_found()
    {
        await using var world = new UpdateWorld();
        world.Binance.Offer(Bars.Every(TimeSpan.FromHours(1), 500).Named("HOLES").Noisy(0.01)
            .WithoutStamps(100, 60).Build());

        var outcome = await world.RunAsync(world.BinanceSource(), "HOLES", UpdateWorld.Hour);

        Assert.Contains("quality", outcome.Findings.Single(f => f.Rule == FetchRule.NotPassed).Detail);
    }

    [Theory]
    [InlineData("1m", 1)]
    [InlineData("60m", 60)]
    [InlineData("4h", 240)]
    [InlineData("1d", 1440)]
    [InlineData("1w", 10080)]
    public void A_timeframe_is_a_number_and_a_unit(string text, int minutes)
    {
        var timeframe = Timeframe.Parse(text);

        Assert.Equal(TimeSpan.FromMinutes(minutes), timeframe.Length);
        Assert.Equal(text == "60m" ? "1h" : text, timeframe.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-1h")]
    [InlineData("5w")]
    [InlineData("1mo")]
    [InlineData("1.5h")]
    [InlineData("99999999999m")]
    public void Other_texts_are_none(string text) =>
        Assert.Contains("no timeframe", Assert.Throws<FormatException>(() => Timeframe.Parse(text)).Message);
}

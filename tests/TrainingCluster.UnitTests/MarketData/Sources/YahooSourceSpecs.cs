using System.Text.Json.Nodes;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>What is peculiar to Yahoo's chart.</summary>
public sealed class YahooSourceSpecs
{
    [Fact]
    public async Task The_question_is_put_as_yahoo_wants_it()
    {
        await using var world = new UpdateWorld();
        var caret = BarSeries.Create(UpdateWorld.Daily.ToDraft() with { Symbol = "^GSPC" });
        world.Yahoo.Offer(caret);

        var outcome = await world.RunAsync(world.YahooSource(), "^GSPC", UpdateWorld.Day);

        var question = Assert.Single(world.Yahoo.Questions);
        Assert.Equal("/v8/finance/chart/^GSPC", question.Path);
        Assert.Equal(
            ("1d", "div,splits", "false"),
            (question.Query["interval"], question.Query["events"], question.Query["includePrePost"]));
        Assert.StartsWith("Mozilla/5.0", question.Headers["User-Agent"]);
        Assert.Equal(120, outcome.Added);
    }

    [Fact]
    public async Task Rows_without_prices_are_left_out_and_listed()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Change = result =>
        {
            var quote = result["indicators"]!["quote"]![0]!.AsObject();
            foreach (var name in new[] { "open", "high", "low", "close", "volume" })
            {
                quote[name]!.AsArray()[7] = null;
            }

            quote["high"]!.AsArray()[9] = null;
            quote["volume"]!.AsArray()[11] = null;
        };

        var outcome = await world.DailyAsync();

        var bars = world.Store.Open(outcome.Key)!;
        Assert.Equal(118, bars.Count);
        Assert.DoesNotContain(UpdateWorld.Daily.Times[7], bars.Times.ToArray());
        Assert.Equal(0, bars.Volume[9]);
        Assert.Equal(
            [1L, 1, 1],
            new[] { "empty-bar", "partial-bar", "missing-volume" }.Select(rule => outcome.Repairs.Counts[rule]));
    }

    [Fact]
    public async Task The_day_in_progress_is_left_out_until_its_session_is_over()
    {
        await using var world = new UpdateWorld();
        var close = UpdateWorld.Daily.Last() + TimeSpan.FromHours(21);
        world.Clock.Advance(close - world.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));

        var before = await world.DailyAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await world.DailyAsync();

        Assert.Equal((119, 1L), (before.Added, before.Repairs.Counts["half-bar"]));
        Assert.Equal(1, after.Added);
        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(after.Key)!.Digest);
    }

    [Fact]
    public async Task The_row_of_the_last_trade_takes_the_place_of_its_day()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Change = result =>
        {
            result["timestamp"]!.AsArray().Add(UpdateWorld.Daily.Last().ToUnixTimeSeconds() + 21 * 3600);
            var quote = result["indicators"]!["quote"]![0]!.AsObject();
            foreach (var name in new[] { "open", "high", "low", "close", "volume" })
            {
                quote[name]!.AsArray().Add(quote[name]![119]!.GetValue<double>() * (name == "volume" ? 2 : 1));
            }
        };

        var outcome = await world.DailyAsync();

        Assert.Equal((120, 1L), (outcome.Added, outcome.Repairs.Counts["live-row"]));
        Assert.Equal(2000, world.Store.Open(outcome.Key)!.Volume[119]);
    }

    [Fact]
    public async Task Dividends_are_in_the_prices_where_asked_and_named_in_any_case()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.AdjustedShare = 0.9;
        var paid = UpdateWorld.Daily.At(50).ToUnixTimeSeconds() + 52_200;
        world.Yahoo.Change = result => result["events"] = new JsonObject
        {
            ["dividends"] = new JsonObject
            {
                [$"{paid}"] = new JsonObject { ["amount"] = 0.25, ["date"] = paid },
            },
        };

        var plain = await world.DailyAsync();
        var adjusted = await world.RunAsync(world.YahooSource(adjusted: true), "ABC", UpdateWorld.Day);

        var factor = Assert.Single(plain.Factors);
        Assert.Equal((UpdateWorld.Daily.Times[50], 0.25, 1), (factor.From, factor.Dividend, factor.SharesPerOld));
        Assert.Equal("yahoo-adjusted", adjusted.Key.Source);
        var (raw, scaled) = (world.Store.Open(plain.Key)!, world.Store.Open(adjusted.Key)!);
        Assert.Equal(raw.Low[33] * 0.9, scaled.Low[33], 1e-12);
        Assert.Equal(raw.Volume[33], scaled.Volume[33]);
    }

    [Fact]
    public async Task A_day_is_that_of_the_exchange()
    {
        await using var world = new UpdateWorld();
        // Sydney opens at 23:00 UTC of the day before; in these months its clock is ten hours ahead or eleven.
        world.Yahoo.Change = result =>
        {
            result["meta"]!["exchangeTimezoneName"] = "Australia/Sydney";
            result["meta"]!.AsObject().Remove("currentTradingPeriod");
            var stamps = result["timestamp"]!.AsArray();
            for (var i = 0; i < stamps.Count; i++)
            {
                stamps[i] = stamps[i]!.GetValue<long>() - 52_200 - 3600;
            }
        };
        world.Clock.Advance(TimeSpan.FromHours(24));

        var outcome = await world.DailyAsync();

        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task Minutes_outside_the_session_and_the_last_trade_are_left_out()
    {
        await using var world = new UpdateWorld();
        var open = UpdateWorld.Daily.Last() + TimeSpan.FromHours(14.5);
        var minutes = Bars.Every(TimeSpan.FromMinutes(1), 391).Named("MIN").Noisy(0.001).Build();
        var bars = BarSeries.Create(minutes.ToDraft() with
        {
            Times = Enumerable.Range(0, 391).Select(i => open.ToUnixTimeMilliseconds() + i * 60_000L).ToArray(),
        });
        world.Yahoo.Offer(bars);
        world.Yahoo.Change = result =>
        {
            var stamps = result["timestamp"]!.AsArray();
            if (stamps.Count == 391)
            {
                result["meta"]!["tradingPeriods"] = new JsonArray(new JsonArray(new JsonObject
                {
                    ["start"] = open.ToUnixTimeSeconds(),
                    ["end"] = open.ToUnixTimeSeconds() + 390 * 60,
                }));
                stamps[389] = stamps[389]!.GetValue<long>() + 17;
            }
        };
        world.Options = world.Options with { Lookback = TimeSpan.FromDays(1) };

        var outcome = await world.RunAsync(world.YahooSource(), "MIN", Timeframe.Parse("1m"));

        Assert.Equal(389, outcome.Added);
        Assert.Equal(
            (1, 1), (outcome.Repairs.Counts["live-row"], outcome.Repairs.Counts["outside-session"]));
    }

    [Fact]
    public async Task History_that_yahoo_does_not_keep_is_said_and_the_rest_is_fetched_in_parts()
    {
        await using var world = new UpdateWorld();
        var start = world.Clock.GetUtcNow().AddDays(-40).ToUnixTimeMilliseconds();
        var bars = Bars.Every(TimeSpan.FromMinutes(1), 40 * 1440).Named("MIN").Noisy(0.0005).Build();
        world.Yahoo.Offer(BarSeries.Create(bars.ToDraft() with
        {
            Times = Enumerable.Range(0, bars.Count).Select(i => start / 60_000 * 60_000 + i * 60_000L).ToArray(),
        }));
        world.Yahoo.Change = result => result["meta"]!["instrumentType"] = "CRYPTOCURRENCY";

        var outcome = await world.RunAsync(world.YahooSource(), "MIN", Timeframe.Parse("1m"));

        Assert.True(outcome.Succeeded, string.Join("\n", outcome.Findings));
        Assert.Equal(29 * 1440, outcome.Added, 5.0);
        Assert.Equal(5, outcome.Requests);
        Assert.Contains("29 days only", outcome.Findings.Single(f => f.Rule == FetchRule.Note).Detail);
    }

    [Theory]
    [InlineData("4h", false, "yahoo has no bars of 4h")]
    [InlineData("1h", true, "no adjusted close for bars of 1h")]
    public async Task What_yahoo_does_not_offer_is_said_without_asking(string timeframe, bool adjusted, string words)
    {
        await using var world = new UpdateWorld();

        var outcome = await world.RunAsync(world.YahooSource(adjusted), "ABC", Timeframe.Parse(timeframe));

        Assert.Contains(words, outcome.Findings.Single(f => f.Rule == FetchRule.Unsupported).Detail);
        Assert.Empty(world.Yahoo.Questions);
    }

    [Fact]
    public async Task Bars_of_another_length_than_asked_are_refused()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Change = result => result["meta"]!["dataGranularity"] = "1wk";

        var outcome = await world.DailyAsync();

        Assert.Contains("1wk", outcome.Findings.Single(f => f.Rule == FetchRule.WrongTimeframe).Detail);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_yahoo()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Change = result => result.Remove("meta");

        var changed = await world.DailyAsync();

        Assert.Equal(SeriesStatus.Failed, changed.Status);
        Assert.Contains("chart.result[0].meta is missing", changed.Findings[^1].Detail);
    }
}

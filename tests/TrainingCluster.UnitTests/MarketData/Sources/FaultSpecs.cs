using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.Testing.Http;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>Each way in which a provider may fail is repeated or named; the store never has half of anything.</summary>
public sealed class FaultSpecs
{
    [Theory]
    [InlineData(ProviderFault.TooManyRequests)]
    [InlineData(ProviderFault.ServerError)]
    [InlineData(ProviderFault.Slow)]
    [InlineData(ProviderFault.TruncatedWithLength)]
    [InlineData(ProviderFault.TruncatedWithoutLength)]
    public async Task A_fault_that_passes_is_asked_through(ProviderFault fault)
    {
        await using var world = new UpdateWorld();
        world.Yahoo.FailNext(fault, fault);
        world.Binance.FailNext(fault);

        var daily = await world.DailyAsync();
        var hourly = await world.HourlyAsync();

        Assert.Equal((SeriesStatus.Updated, 3), (daily.Status, daily.Requests));
        Assert.Equal((SeriesStatus.Updated, 2), (hourly.Status, hourly.Requests));
        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(daily.Key)!.Digest);
        Assert.Equal(UpdateWorld.Hourly.Digest, world.Store.Open(hourly.Key)!.Digest);
        Assert.Contains("2 times", Assert.Single(daily.Findings, finding => finding.Rule == FetchRule.Retried).Detail);
    }

    [Theory]
    [InlineData(ProviderFault.TooManyRequests, FetchRule.RateLimited, "429")]
    [InlineData(ProviderFault.ServerError, FetchRule.ServerError, "500")]
    [InlineData(ProviderFault.Slow, FetchRule.TimedOut, "86400 s")]
    [InlineData(ProviderFault.TruncatedWithLength, FetchRule.Truncated, "broke off")]
    [InlineData(ProviderFault.TruncatedWithoutLength, FetchRule.Truncated, "end too early")]
    public async Task A_fault_that_does_not_pass_is_given_up_and_named(
        ProviderFault fault, FetchRule rule, string words)
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Always = _ => fault;

        var outcome = await world.DailyAsync();

        Assert.Equal((SeriesStatus.Failed, 4), (outcome.Status, outcome.Requests));
        var finding = Assert.Single(outcome.Findings, finding => finding.Rule == rule);
        Assert.Contains(words, finding.Detail);
        Assert.Contains("after 4 attempts", finding.Detail);
        Assert.Empty(world.Store.List());
        Assert.Empty(world.StoredFiles());
    }

    [Theory]
    [InlineData(ProviderFault.WrongContentType, FetchRule.WrongContentType, "text/html")]
    [InlineData(ProviderFault.NoJson, FetchRule.SchemaChanged, "no JSON")]
    [InlineData(ProviderFault.RenamedField, FetchRule.SchemaChanged, "quote[0].close is missing")]
    [InlineData(ProviderFault.MissingField, FetchRule.SchemaChanged, "quote[0].close is missing")]
    [InlineData(ProviderFault.WrongSymbol, FetchRule.WrongSymbol, "bars of OTHER where ABC")]
    [InlineData(ProviderFault.Empty, FetchRule.Empty, "no bars in the range")]
    [InlineData(ProviderFault.Forbidden, FetchRule.Refused, "403")]
    public async Task An_answer_of_yahoo_that_cannot_be_used_is_named_at_once(
        ProviderFault fault, FetchRule rule, string words)
    {
        await using var world = new UpdateWorld();
        world.Yahoo.FailNext(fault);

        AssertNamedAtOnce(world, await world.DailyAsync(), rule, words);
    }

    [Theory]
    [InlineData(ProviderFault.WrongContentType, FetchRule.WrongContentType, "text/html")]
    [InlineData(ProviderFault.NoJson, FetchRule.SchemaChanged, "no JSON")]
    [InlineData(ProviderFault.RenamedField, FetchRule.SchemaChanged, "list of bars")]
    [InlineData(ProviderFault.MissingField, FetchRule.SchemaChanged, "of bar 0")]
    [InlineData(ProviderFault.Empty, FetchRule.Empty, "no bars in the range")]
    [InlineData(ProviderFault.Forbidden, FetchRule.Refused, "403")]
    public async Task An_answer_of_binance_that_cannot_be_used_is_named_at_once(
        ProviderFault fault, FetchRule rule, string words)
    {
        await using var world = new UpdateWorld();
        world.Binance.FailNext(fault);

        AssertNamedAtOnce(world, await world.HourlyAsync(), rule, words);
    }

    [Fact]
    public async Task A_fault_during_an_update_leaves_what_is_stored_as_it_was()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.Offer(UpdateWorld.Daily.Slice(0, 100));
        await world.DailyAsync();
        world.Yahoo.Offer(UpdateWorld.Daily);
        world.Yahoo.Always = _ => ProviderFault.TruncatedWithoutLength;

        var outcome = await world.DailyAsync();

        Assert.Equal(SeriesStatus.Failed, outcome.Status);
        Assert.Equal(100, outcome.Row!.Bars);
        Assert.Equal(UpdateWorld.Daily.Slice(0, 100).Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task An_unknown_symbol_is_named_in_the_words_of_the_provider_and_does_not_hold_up_others()
    {
        await using var world = new UpdateWorld();

        var outcomes = await new BarUpdate(world.Store, world.Options, world.Clock).RunAsync(
            world.YahooSource(), ["NONE", "ABC"], [UpdateWorld.Day], null, default);
        var binance = await world.RunAsync(world.BinanceSource(), "ETH-USDT", UpdateWorld.Hour);

        Assert.Equal([SeriesStatus.Failed, SeriesStatus.Updated], outcomes.Select(outcome => outcome.Status));
        Assert.Contains("may be delisted", outcomes[0].Findings.Single(f => f.Rule == FetchRule.UnknownSymbol).Detail);
        Assert.Contains("Invalid symbol", binance.Findings.Single(f => f.Rule == FetchRule.UnknownSymbol).Detail);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_its_address()
    {
        await using var world = new UpdateWorld();
        var address = world.Yahoo.Address;
        await world.Yahoo.DisposeAsync();

        var outcome = await world.DailyAsync();

        var finding = Assert.Single(outcome.Findings, finding => finding.Rule == FetchRule.Unreachable);
        Assert.Contains($"{address}v8/finance/chart/ABC", finding.Detail);
    }

    private static void AssertNamedAtOnce(UpdateWorld world, SeriesOutcome outcome, FetchRule rule, string words)
    {
        Assert.Equal((SeriesStatus.Failed, 1), (outcome.Status, outcome.Requests));
        Assert.Contains(words, Assert.Single(outcome.Findings, finding => finding.Rule == rule).Detail);
        Assert.Empty(world.StoredFiles());
    }
}

using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.Testing.Http;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>Fetches that break, and fetches of what is new.</summary>
public sealed class ResumeSpecs
{
    [Fact]
    public async Task A_broken_fetch_goes_on_where_it_stopped()
    {
        await using var world = new UpdateWorld();
        world.Binance.Always = question =>
            question.Number("startTime") > UpdateWorld.Hourly.Times[250] ? ProviderFault.ServerError : null;
        var broken = await world.HourlyAsync(limit: 100);
        Assert.Equal(SeriesStatus.Failed, broken.Status);
        Assert.Empty(world.StoredFiles());
        world.Binance.Always = _ => null;
        var asked = world.Binance.Questions.Count;

        var resumed = await world.HourlyAsync(limit: 100);

        Assert.Equal(UpdateWorld.Hourly.Times[297], world.Binance.Questions[asked].Number("startTime"));
        Assert.Equal((SeriesStatus.Updated, 3), (resumed.Status, resumed.Requests));
        Assert.Contains("298 bars", resumed.Findings.Single(f => f.Rule == FetchRule.Resumed).Detail);
        Assert.Equal(UpdateWorld.Hourly.Digest, world.Store.Open(resumed.Key)!.Digest);
        Assert.Empty(Directory.GetFiles(Path.Combine(world.Folder, "pending"), "*.bars", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Pages_that_do_not_fit_any_more_are_fetched_anew()
    {
        await using var world = new UpdateWorld();
        world.Binance.Always = question =>
            question.Number("startTime") > UpdateWorld.Hourly.Times[150] ? ProviderFault.ServerError : null;
        await world.HourlyAsync(limit: 100);
        world.Binance.Always = _ => null;
        var halved = UpdateWorld.Hourly.With(_ => 0.5);
        world.Binance.Offer(halved);

        var outcome = await world.HourlyAsync(limit: 100);

        Assert.Equal(halved.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task A_damaged_page_and_a_page_of_yesterday_are_not_used()
    {
        await using var world = new UpdateWorld();
        world.Binance.Always = question =>
            question.Number("startTime") > UpdateWorld.Hourly.Times[250] ? ProviderFault.ServerError : null;
        await world.HourlyAsync(limit: 100);
        var pages = Directory.GetFiles(Path.Combine(world.Folder, "pending"), "*.bars", SearchOption.AllDirectories);
        var second = pages.Order().ElementAt(1);
        File.WriteAllBytes(second, File.ReadAllBytes(second)[..^9]);
        world.Binance.Always = _ => null;

        var resumed = await world.HourlyAsync(limit: 100);
        world.Options = world.Options with { Full = true };
        world.Binance.Always = question =>
            question.Number("startTime") > UpdateWorld.Hourly.Times[250] ? ProviderFault.ServerError : null;
        await world.HourlyAsync(limit: 100);
        world.Binance.Always = _ => null;
        world.Clock.Advance(TimeSpan.FromHours(25));
        var late = await world.HourlyAsync(limit: 100);

        Assert.Contains("100 bars", resumed.Findings.Single(f => f.Rule == FetchRule.Resumed).Detail);
        Assert.Equal(UpdateWorld.Hourly.Digest, world.Store.Open(resumed.Key)!.Digest);
        Assert.DoesNotContain(late.Findings, finding => finding.Rule == FetchRule.Resumed);
    }

    [Fact]
    public async Task Whoever_asks_to_stop_is_heard_and_what_came_is_kept()
    {
        await using var world = new UpdateWorld();
        using var stop = new CancellationTokenSource();
        world.Binance.Asked = question =>
        {
            if (question.Number("startTime") > UpdateWorld.Hourly.Times[250])
            {
                stop.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.RunAsync(world.BinanceSource(100), "BTCUSDT", UpdateWorld.Hour, stop.Token));

        Assert.Empty(world.StoredFiles());
        Assert.Equal(3, Directory.GetFiles(
            Path.Combine(world.Folder, "pending"), "*.bars", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Only_what_is_new_is_asked_for_and_some_bars_more_to_compare()
    {
        await using var world = new UpdateWorld();
        world.Binance.Offer(UpdateWorld.Hourly.Slice(0, 300));
        await world.HourlyAsync();
        world.Binance.Offer(UpdateWorld.Hourly);

        var outcome = await world.HourlyAsync();
        var again = await world.HourlyAsync();

        Assert.Equal(UpdateWorld.Hourly.Times[295], world.Binance.Questions[1].Number("startTime"));
        Assert.Equal((SeriesStatus.Updated, 200, 0), (outcome.Status, outcome.Added, outcome.Revised));
        Assert.Equal(UpdateWorld.Hourly.Digest, world.Store.Open(outcome.Key)!.Digest);
        Assert.Equal((SeriesStatus.UpToDate, 0), (again.Status, again.Added));
    }

    [Fact]
    public async Task One_series_is_fetched_by_one_process_at_a_time()
    {
        await using var world = new UpdateWorld();
        var key = new TrainingCluster.MarketData.Store.BarKey("yahoo", "ABC", TimeSpan.FromDays(1));
        using (PendingPages.TryOpen(world.Folder, key, world.Clock))
        {
            var outcome = await world.DailyAsync();

            Assert.Equal(FetchRule.InUse, Assert.Single(outcome.Findings).Rule);
            Assert.Equal((SeriesStatus.Failed, 0), (outcome.Status, outcome.Requests));
        }

        Assert.Equal(SeriesStatus.Updated, (await world.DailyAsync()).Status);
    }
}

using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Http;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.Testing.Http;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>When questions are asked.</summary>
public sealed class PacingSpecs
{
    [Fact]
    public async Task Questions_for_many_symbols_keep_their_distance_together()
    {
        await using var world = new UpdateWorld();
        var start = world.Clock.GetUtcNow();
        world.Options = world.Options with { RequestsPerMinute = 30, Parallel = 3 };
        string[] symbols = ["A", "B", "C", "D", "E"];
        foreach (var symbol in symbols)
        {
            world.Yahoo.Offer(BarSeries.Create(UpdateWorld.Daily.ToDraft() with { Symbol = symbol }));
        }

        var outcomes = await new BarUpdate(world.Store, world.Options, world.Clock).RunAsync(
            world.YahooSource(), symbols, [UpdateWorld.Day], null, default);

        Assert.All(outcomes, outcome => Assert.Equal(120, outcome.Row!.Bars));
        Assert.Equal(symbols, world.Yahoo.Questions.Select(question => question.Path[^1..]).Order());
        // The fifth question may come after four steps of two seconds, and no later than if all waits added up.
        Assert.InRange(world.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(2 + 4 + 6 + 8));
    }

    [Fact]
    public async Task A_slot_is_given_each_step_and_nobody_asks_during_a_pause()
    {
        var clock = new Testing.Time.JumpingClock(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1));
        var limit = new RateLimit(60, clock);

        await limit.WaitAsync(default);
        await limit.WaitAsync(default);
        await limit.WaitAsync(default);
        limit.PauseUntil(DateTimeOffset.UnixEpoch.AddSeconds(30));
        await limit.WaitAsync(default);
        await limit.WaitAsync(default);

        Assert.Equal([1, 1, 28, 1], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Waits_double_between_half_and_all_of_it_and_the_seed_decides_where()
    {
        var policy = new RetryPolicy { First = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromSeconds(60) };
        TimeSpan[] Waits(ulong seed)
        {
            var backoff = new Backoff(policy, new Seed(seed).Stream());
            return [.. Enumerable.Range(1, 8).Select(failed => backoff.Next(failed, null))];
        }

        var waits = Waits(7);

        double[] full = [2, 4, 8, 16, 32, 60, 60, 60];
        Assert.All(waits.Zip(full), pair =>
            Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second + 0.001));
        Assert.Equal(waits, Waits(7));
        Assert.NotEqual(waits, Waits(8));
    }

    [Fact]
    public async Task The_wait_that_a_provider_asks_for_is_kept()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.RetryAfter = "17";
        world.Yahoo.FailNext(ProviderFault.TooManyRequests);

        var outcome = await world.DailyAsync();

        Assert.True(outcome.Succeeded);
        Assert.Equal(17, world.Clock.Waits[0].TotalSeconds);
    }

    [Fact]
    public async Task The_wait_may_be_given_as_a_date()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.RetryAfter = (world.Clock.GetUtcNow() + TimeSpan.FromSeconds(20)).ToString("R");
        world.Yahoo.FailNext(ProviderFault.TooManyRequests);

        await world.DailyAsync();

        Assert.Equal(20, world.Clock.Waits[0].TotalSeconds, 0.001);
    }

    [Fact]
    public async Task A_provider_that_wants_hours_of_rest_is_given_up_at_once()
    {
        await using var world = new UpdateWorld();
        world.Yahoo.RetryAfter = "7200";
        world.Yahoo.Always = _ => ProviderFault.TooManyRequests;

        var outcome = await world.DailyAsync();

        Assert.Equal((SeriesStatus.Failed, 1), (outcome.Status, outcome.Requests));
        Assert.Contains("02:00:00", outcome.Findings.Single(f => f.Rule == FetchRule.RateLimited).Detail);
        Assert.Empty(world.Clock.Waits);
    }
}

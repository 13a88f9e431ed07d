using System.Text.Json.Nodes;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>What is stored against what the source says now.</summary>
public sealed class ChangedHistorySpecs
{
    private static readonly BarSeries Before = UpdateWorld.Daily.Slice(0, 100);

    [Fact]
    public async Task A_corrected_bar_is_taken_over_and_named()
    {
        await using var world = await StoredAsync();
        world.Yahoo.Offer(UpdateWorld.Daily.With(t => t == 98 ? 1.001 : 1));

        var outcome = await world.DailyAsync();

        Assert.Equal((SeriesStatus.Updated, 20, 1), (outcome.Status, outcome.Added, outcome.Revised));
        var finding = outcome.Findings.Single(finding => finding.Rule == FetchRule.Revised);
        Assert.Contains($"bar {UpdateWorld.Daily.At(98):yyyy-MM-dd}", finding.Detail);
        Assert.Equal(UpdateWorld.Daily.Close[98] * 1.001, world.Store.Open(outcome.Key)!.Close[98]);
        Assert.Equal(2, world.Yahoo.Questions.Count);
    }

    [Fact]
    public async Task A_bar_that_the_source_has_no_longer_is_kept_and_named()
    {
        await using var world = await StoredAsync();
        var (front, back) = (UpdateWorld.Daily.Slice(0, 97).ToDraft(), UpdateWorld.Daily.Slice(98, 22).ToDraft());
        world.Yahoo.Offer(BarSeries.Create(BarDraftRows.Concat([front, back])));

        var outcome = await world.DailyAsync();

        Assert.Equal((SeriesStatus.Updated, 20, 0), (outcome.Status, outcome.Added, outcome.Revised));
        Assert.Contains(
            $"not at the source any more, the first {UpdateWorld.Daily.At(97):yyyy-MM-dd}",
            outcome.Findings.Single(finding => finding.Rule == FetchRule.Revised).Detail);
        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task A_change_of_all_that_was_compared_has_everything_fetched_again()
    {
        await using var world = await StoredAsync();
        var halved = UpdateWorld.Daily.With(_ => 0.5);
        world.Yahoo.Offer(halved);
        var split = UpdateWorld.Daily.At(100).ToUnixTimeSeconds() + 52_200;
        world.Yahoo.Change = result => result["events"] = new JsonObject
        {
            ["splits"] = new JsonObject
            {
                [$"{split}"] = new JsonObject
                {
                    ["date"] = split,
                    ["numerator"] = 2,
                    ["denominator"] = 1,
                    ["splitRatio"] = "2:1",
                },
            },
        };

        var outcome = await world.DailyAsync();

        Assert.Equal((SeriesStatus.Updated, 20, 100), (outcome.Status, outcome.Added, outcome.Revised));
        Assert.Equal(halved.Digest, world.Store.Open(outcome.Key)!.Digest);
        Assert.Contains(
            $"the split of {UpdateWorld.Daily.At(100):yyyy-MM-dd}, 2 for 1, explains it",
            outcome.Findings.Single(finding => finding.Rule == FetchRule.HistoryChanged).Detail);
        Assert.Equal(2, Assert.Single(outcome.Factors).SharesPerOld);
        Assert.Equal(outcome.Factors.AsEnumerable(), world.Store.FactorsOf(outcome.Key));
    }

    [Fact]
    public async Task Where_the_source_cannot_go_back_as_far_nothing_is_mixed()
    {
        await using var world = await StoredAsync();
        world.Yahoo.Offer(UpdateWorld.Daily.With(_ => 0.5).Slice(60, 60));

        var refused = await world.DailyAsync();
        Assert.Equal(Before.Digest, world.Store.Open(refused.Key)!.Digest);
        world.Options = world.Options with { Replace = true };
        var replaced = await world.DailyAsync();

        Assert.Equal(SeriesStatus.Failed, refused.Status);
        Assert.Contains(refused.Findings, finding =>
            finding.Rule == FetchRule.HistoryChanged && finding.Detail.Contains("--replace", StringComparison.Ordinal));
        Assert.Equal((SeriesStatus.Updated, 60), (replaced.Status, replaced.Row!.Bars));
    }

    [Fact]
    public async Task Whoever_refuses_changes_keeps_the_store_as_it_was()
    {
        await using var world = await StoredAsync();
        world.Yahoo.Offer(UpdateWorld.Daily.With(t => t == 98 ? 1.001 : 1));
        world.Options = world.Options with { ChangedHistory = ChangedHistory.Refuse };

        var outcome = await world.DailyAsync();

        Assert.Equal(SeriesStatus.Failed, outcome.Status);
        Assert.Contains(outcome.Findings, finding => finding.Rule == FetchRule.HistoryChanged);
        Assert.Equal(Before.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task The_last_digits_of_a_price_are_no_change()
    {
        await using var world = await StoredAsync();
        world.Yahoo.Offer(UpdateWorld.Daily.With(_ => 1 + 1e-8));

        var outcome = await world.DailyAsync();

        Assert.Equal((20, 0), (outcome.Added, outcome.Revised));
        Assert.Equal(Before.Digest, world.Store.Open(outcome.Key)!.Slice(0, 100).Digest);
    }

    [Fact]
    public async Task A_damaged_file_is_found_by_its_checksum_and_fetched_again()
    {
        await using var world = await StoredAsync();
        var file = Assert.Single(world.StoredFiles());
        var content = File.ReadAllBytes(file);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(file, content);
        world.Options = world.Options with { Lookback = TimeSpan.FromDays(30) };

        var outcome = await world.DailyAsync();

        Assert.Equal(SeriesStatus.Updated, outcome.Status);
        Assert.Contains(outcome.Findings, finding => finding.Rule == FetchRule.Damaged);
        Assert.Equal(Before.Digest, world.Store.Open(outcome.Key)!.Digest);
        Assert.Single(Directory.GetFiles(world.Folder, "*.damaged", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Bars_that_do_not_pass_are_kept_apart_and_the_store_is_as_it_was()
    {
        await using var world = await StoredAsync();
        var spoilt = UpdateWorld.Daily.Low.ToArray();
        for (var t = 101; t < 120; t++)
        {
            spoilt[t] *= 1.2;
        }

        world.Yahoo.Offer(BarSeries.Create(UpdateWorld.Daily.ToDraft() with { Low = spoilt }));

        var outcome = await world.DailyAsync();

        Assert.Equal(SeriesStatus.NotPassed, outcome.Status);
        Assert.Contains("is below 0.95", outcome.Findings.Single(f => f.Rule == FetchRule.NotPassed).Detail);
        Assert.Equal(Before.Digest, world.Store.Open(outcome.Key)!.Digest);
        Assert.Equal(2, Directory.GetFiles(outcome.Quarantine!).Length);
        Assert.Contains("is below 0.95", File.ReadAllText(Path.Combine(outcome.Quarantine!, "reasons.json")));
    }

    private static async Task<UpdateWorld> StoredAsync()
    {
        var world = new UpdateWorld();
        world.Yahoo.Offer(Before);
        Assert.Equal(Before.Digest, (await world.DailyAsync()).Row!.Digest);
        return world;
    }
}

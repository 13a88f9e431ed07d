using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using TrainingCluster.EngineTests.Persistence;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class ShardingMoveSpecs : IDisposable
{
    private readonly NodesHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Every_node_reaches_an_entity_where_it_lives_under_the_same_path()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        var regions = new[] { a.Region(Transcript), b.Region(Transcript) };
        await AwaitRegions(regions[1], 2);

        var lives = new List<string>();
        foreach (var id in (string[])["x1", "y1"])
        {
            var fromA = await Ask(regions[0], id, "name?");
            Assert.Equal(fromA, await Ask(regions[1], id, "name?"));
            Assert.Equal($"/system/sharding/telling/{id[..1]}/{id}", await Ask(regions[1], id, "path?"));
            lives.Add(fromA);
        }

        // Each new shard goes to the region with the fewest.
        Assert.Equal(["a", "b"], lives.Select(life => life[..1]).Order());
    }

    [Fact]
    public async Task A_leaving_node_hands_its_shards_over_and_what_comes_meanwhile_is_delivered_in_order()
    {
        var (a, b) = (_harness.Start("a"), _harness.Start("b"));
        using var gate = new ManualResetEventSlim();
        a.Region(Transcript, new NodesHarness.RegionOptions { Gate = gate }).Tell(Envelope("x1", "wait"));
        Transcript.Expect("a/x1 started", "a/x1 waits");
        var region = b.Region(Transcript);
        await AwaitRegions(region, 2);
        Assert.Equal("a/x2", await Ask(region, "x2", "name?"));
        Transcript.Expect("a/x2 started");

        var left = a.Cluster.LeaveAsync();
        Transcript.Expect("a/x2 finishes", "a/x2 stopped");
        region.Tell(Envelope("x1", 1));
        region.Tell(Envelope("x1", 2));
        Transcript.ExpectNothingMore();
        gate.Set();

        Transcript.Expect("a/x1 finishes", "a/x1 stopped", "b/x1 started", "b/x1 got 1", "b/x1 got 2");
        await left.WaitAsync(NodesHarness.Patience);
        b.AwaitSees(a, null);
        Assert.Equal("b/x1", await Ask(region, "x1", "name?"));
    }

    private static ShardingEnvelope Envelope(string id, object message) => new(id, message);

    private static async Task<string> Ask(IActorRef region, string id, string question) =>
        await region.Ask<string>(Envelope(id, question), NodesHarness.Patience);

    private static async Task AwaitRegions(IActorRef region, int count)
    {
        var until = DateTime.UtcNow + NodesHarness.Patience;
        while ((await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, NodesHarness.Patience)).Regions.Count
            != count)
        {
            Assert.True(DateTime.UtcNow < until, $"There are not {count} regions.");
        }
    }
}

using Akka.Actor;
using Akka.Cluster.Sharding;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

public sealed class ShardAllocationsSpecs : RegionKit
{
    private readonly IActorRef _a;
    private readonly IActorRef _b;

    public ShardAllocationsSpecs() => (_a, _b) = (CreateTestProbe().Ref, CreateTestProbe().Ref);

    [Fact]
    public void A_region_the_store_has_told_of_gets_nothing_new_until_it_registers()
    {
        var state = ShardAllocations.Empty.Give("x", _a, 1).Register(_b, 2);

        Assert.Equal([_b], state.Candidates(_ => true).Keys);
        Assert.Equal(_a, state.Homes["x"]);
        Assert.Equal(["x"], state.Register(_a, 1).Candidates(_ => true)[_a]);
    }

    [Fact]
    public void New_shards_go_to_reachable_regions_as_long_as_there_are_some()
    {
        var state = ShardAllocations.Empty.Register(_a, 1).Register(_b, 2);

        Assert.Equal([_a], state.Candidates(_a.Equals).Keys);
        Assert.Equal(2, state.Candidates(_ => false).Count);
        Assert.Equal([_b], state.Leave(_a).Candidates(_a.Equals).Keys);
    }

    [Fact]
    public void A_shard_has_one_home_at_a_time()
    {
        var state = ShardAllocations.Empty.Register(_a, 1).Register(_b, 2).Give("x", _a, 1).Give("x", _b, 2);

        Assert.Empty(state.Regions[_a].Shards);
        Assert.Equal(["x"], state.Regions[_b].Shards);
        Assert.Equal(_b, state.Homes["x"]);
        Assert.Empty(state.Release("x").Homes);
    }

    [Fact]
    public void With_a_region_its_homes_are_forgotten_and_the_others_stay()
    {
        var state = ShardAllocations.Empty.RegisterProxy(_b).Give("x", _a, 1).Give("y", _b, 2).Without(_a);

        Assert.Equal("y", Assert.Single(state.Homes).Key);
        Assert.DoesNotContain(_a, state.Regions.Keys);
        Assert.Empty(state.Without(_b).Proxies);
        Assert.Empty(state.WithoutHomes().Regions[_b].Shards);
    }

    [Fact]
    public void A_move_stops_the_shard_once_when_everybody_holds_back()
    {
        var move = HandOffState.Begin(1, "x", _a, [_b]);

        Assert.False(move.MayStop);
        Assert.False(move.Without(_a).MayStop);
        Assert.True(move.Without(_a).Without(_b).MayStop);
        Assert.False(move.Without(_a).Without(_b).Stop().MayStop);
    }
}

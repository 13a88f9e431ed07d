using Akka.Actor;
using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>What becomes of members that die, freeze or lose the store.</summary>
public sealed class LostNodeSpecs
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);

    private readonly VirtualCluster _world = new();

    [Fact]
    public void A_killed_node_is_news_after_3_seconds_and_removed_after_its_time_to_live()
    {
        var nodes = _world.StartUp(3);
        _world.Run(0.5);
        nodes[1].Events.Clear();

        _world.Kill(nodes[0]);

        var untilNews = _world.Await(() => nodes[1].Cluster.State.Unreachable.Count == 1, Soon * 5);
        Assert.InRange(untilNews, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
        var more = _world.Await(() => !nodes[1].Knows(nodes[0]) && !nodes[2].Knows(nodes[0]), Ttl);
        Assert.InRange(untilNews + more, Ttl - Soon, Ttl + (3 * Soon));
        Assert.Equal(
            ["UnreachableMember 1", "LeaderChanged 2", "MemberDowned 1", "MemberRemoved 1"], nodes[1].Events);
    }

    [Fact]
    public void While_a_member_is_unreachable_nobody_comes_up_and_nobody_goes()
    {
        var nodes = _world.StartUp(3);
        _world.Kill(nodes[2]);
        _world.Await(() => nodes[0].Cluster.State.Unreachable.Count == 1, Soon * 5);
        var joiner = _world.Start(4);
        joiner.Join();
        nodes[1].Cluster.Leave(nodes[1].Cluster.SelfAddress);
        _world.Run(3);
        Assert.True(nodes[0].Sees(joiner, MemberStatus.Joining));
        Assert.True(nodes[0].Sees(nodes[1], MemberStatus.Leaving));

        _world.Await(() => !nodes[0].Knows(nodes[2]), Ttl);

        _world.Await(() => nodes[0].Sees(joiner, MemberStatus.Up) && !nodes[0].Knows(nodes[1]), Soon);
    }

    [Fact]
    public void Taking_an_unreachable_member_down_frees_the_others_at_once_and_it_goes_with_its_lease()
    {
        var nodes = _world.StartUp(3);
        _world.Kill(nodes[2]);
        _world.Await(() => nodes[0].Cluster.State.Unreachable.Count == 1, Soon * 5);
        var joiner = _world.Start(4);
        joiner.Join();

        nodes[1].Cluster.Down(nodes[2].Cluster.SelfAddress);

        _world.Await(() => nodes[0].Sees(joiner, MemberStatus.Up), Soon);
        Assert.True(nodes[0].Sees(nodes[2], MemberStatus.Down));
        _world.Await(() => !nodes[0].Knows(nodes[2]), Ttl);
    }

    [Fact]
    public void The_next_leader_finishes_what_a_leader_that_died_began()
    {
        var nodes = _world.StartUp(4);
        _world.Kill(nodes[3]);
        _world.Run(5);
        nodes[0].Cluster.Down(nodes[3].Cluster.SelfAddress);
        _world.Await(() => nodes[1].Sees(nodes[3], MemberStatus.Down), Soon);

        _world.Kill(nodes[0]);

        _world.Await(() => !nodes[1].Knows(nodes[3]), Ttl);
        _world.Await(() => !nodes[1].Knows(nodes[0]), Ttl);
        Assert.Equal(2, nodes[2].Sees(MemberStatus.Up));
    }

    [Fact]
    public void A_store_that_is_away_for_everybody_makes_nobody_remove_anybody()
    {
        var nodes = _world.StartUp(3);
        Array.ForEach(nodes, node => node.Events.Clear());

        _world.CutOff(nodes);
        _world.Run(6);
        Assert.All(nodes, node => Assert.True(node.MayAct));
        _world.Run(2);
        Assert.All(nodes, node => Assert.False(node.MayAct));
        _world.Run(52);
        _world.Reconnect(nodes);

        _world.Await(() => nodes.All(node => node.MayAct), Soon * 2);
        _world.Run(30);
        Assert.All(nodes, node => Assert.Equal(3, node.Sees(MemberStatus.Up)));
        Assert.All(nodes, node => Assert.Equal(
            ["ActingRightChanged False", "ActingRightChanged True"], node.Events));
        Assert.Contains(nodes[0].Log, line => line.Contains("answers again after 5"));
    }

    [Fact]
    public void A_store_that_answers_after_3_seconds_is_as_good_as_away()
    {
        var nodes = _world.StartUp(3);
        Array.ForEach(nodes, node => node.Events.Clear());

        _world.Weather.Slow = 1;
        _world.Run(60);
        Assert.All(nodes, node => Assert.False(node.MayAct));
        _world.Weather.Slow = 0;

        _world.Await(() => nodes.All(node => node.MayAct), Soon * 10);
        _world.Run(30);
        Assert.All(nodes, node => Assert.Equal(3, node.Sees(MemberStatus.Up)));
        Assert.All(nodes, node => Assert.DoesNotContain(node.Events, line => line.Contains("Removed")));
    }

    [Fact]
    public void A_node_that_is_away_for_less_than_its_right_goes_on_acting()
    {
        var nodes = _world.StartUp(3);
        _world.Run(0.5);
        Array.ForEach(nodes, node => node.Events.Clear());

        _world.CutOff(nodes[2]);
        _world.Run(5);
        Assert.True(nodes[2].MayAct);
        _world.Reconnect(nodes[2]);
        _world.Run(20);

        Assert.Equal(["UnreachableMember 3", "ReachableMember 3"], nodes[0].Events);
        Assert.Empty(nodes[2].Events);
    }

    [Fact]
    public void A_node_that_is_cut_off_for_long_stops_acting_before_it_is_removed_and_ends_when_it_comes_back()
    {
        var nodes = _world.StartUp(3);

        _world.CutOff(nodes[0]);
        var untilStopped = _world.Await(() => !nodes[0].MayAct, Ttl);
        var untilRemoved = untilStopped + _world.Await(() => !nodes[1].Knows(nodes[0]), Ttl);
        Assert.InRange(untilRemoved - untilStopped, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6));
        Assert.Equal(MemberStatus.Up, nodes[0].Status);
        _world.Reconnect(nodes[0]);

        _world.Await(() => nodes[0].System.WhenTerminated.IsCompleted, Soon * 5);
        Assert.Equal(CoordinatedShutdown.ClusterDowningReason.Instance, nodes[0].ShutdownReason);
        Assert.Equal(MemberStatus.Removed, nodes[0].Status);
    }

    [Fact]
    public void One_node_that_alone_reaches_the_store_takes_over_from_all_others()
    {
        var nodes = _world.StartUp(3);

        _world.CutOff(nodes[0], nodes[1]);

        _world.Await(() => nodes[2].Cluster.State.Members.Count == 1, Ttl + (4 * Soon));
        Assert.True(nodes[2].MayAct);
        Assert.All(nodes[..2], node => Assert.False(node.MayAct));
    }

    [Fact]
    public void A_node_that_was_frozen_for_20_seconds_wakes_up_without_the_right_to_act()
    {
        var nodes = _world.StartUp(3);
        var frozen = nodes[1];

        frozen.Host.Pause(TimeSpan.FromSeconds(20));
        _world.Run(19.9);

        Assert.False(nodes[0].Knows(frozen));
        Assert.False(frozen.MayAct);
        _world.Await(() => frozen.System.WhenTerminated.IsCompleted, Soon * 5);
    }

    [Fact]
    public void A_leader_that_was_frozen_gives_nobody_up_for_what_it_did_not_see()
    {
        var nodes = _world.StartUp(2);
        _world.CutOff(nodes[1]);
        _world.Run(4);
        // Frozen, the leader misses that the other comes back.
        nodes[0].Host.Pause(TimeSpan.FromSeconds(6.5));
        _world.Run(1);
        _world.Reconnect(nodes[1]);

        _world.Run(60);

        Assert.Equal(2, nodes[0].Sees(MemberStatus.Up));
        Assert.Equal(2, nodes[1].Sees(MemberStatus.Up));
    }

    [Fact]
    public void All_nodes_killed_at_once_are_removed_by_those_that_are_started_then()
    {
        var nodes = _world.StartUp(3);
        Array.ForEach(nodes, _world.Kill);

        var next = _world.Start(9);
        next.Join();

        _world.Await(() => next.Status == MemberStatus.Up, Ttl + (3 * Soon));
        Assert.Single(next.Cluster.State.Members);
    }

    [Fact]
    public void A_removed_node_can_no_longer_be_sent_to()
    {
        var nodes = _world.StartUp(2);
        var uid = nodes[1].Cluster.SelfUniqueAddress.Uid;
        Assert.True(OpenEndpoints(nodes[0], uid).Receiver);

        _world.Kill(nodes[1]);
        _world.Await(() => !nodes[0].Knows(nodes[1]), Ttl + (3 * Soon));

        Assert.False(OpenEndpoints(nodes[0], uid).Receiver);
    }

    [Theory]
    [InlineData(1.01, 0.99)]
    [InlineData(0.99, 1.01)]
    public void Clocks_that_run_at_different_rates_leave_the_margin_between_acting_and_removal(
        double ownersRate, double observersRate)
    {
        var observer = _world.Start(1, new VirtualNodeOptions { Rate = observersRate });
        var owner = _world.Start(2, new VirtualNodeOptions { Rate = ownersRate });
        observer.Join();
        owner.Join();
        _world.Await(() => owner.Status == MemberStatus.Up, Soon * 2);

        _world.CutOff(owner);
        var untilStopped = _world.Await(() => !owner.MayAct, Ttl);
        var untilRemoved = untilStopped + _world.Await(() => !observer.Knows(owner), Ttl);

        Assert.True(untilRemoved - untilStopped > TimeSpan.FromSeconds(2.7), $"{untilRemoved - untilStopped}");
    }

    [Fact]
    public void A_calendar_that_is_an_hour_off_changes_nothing()
    {
        var ahead = _world.Start(1, new VirtualNodeOptions { Calendar = TimeSpan.FromHours(1) });
        var behind = _world.Start(2, new VirtualNodeOptions { Calendar = TimeSpan.FromHours(-1) });
        ahead.Join();
        behind.Join();
        _world.Await(() => behind.Sees(MemberStatus.Up) == 2, Soon * 2);
        _world.Run(60);
        Assert.True(ahead.MayAct && behind.MayAct);
        Assert.DoesNotContain(behind.Events, line => line.StartsWith("Unreachable", StringComparison.Ordinal));

        _world.Kill(ahead);

        var untilRemoved = _world.Await(() => !behind.Knows(ahead), Ttl * 2);
        Assert.InRange(untilRemoved, Ttl - Soon, Ttl + (3 * Soon));
    }

    private OpenEndpoints OpenEndpoints(VirtualNode from, int uid)
    {
        var ask = from.Stores.Queues.Write(store => store.LockEndpoints(uid, uid));
        _world.Await(() => ask.IsCompleted, Soon);
        return ask.Result;
    }
}

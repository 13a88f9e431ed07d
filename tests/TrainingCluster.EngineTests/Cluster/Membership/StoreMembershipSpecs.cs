using Akka.Actor;
using Akka.Cluster;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>How members come, go and are told of, where nothing fails.</summary>
public sealed class StoreMembershipSpecs
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly VirtualCluster _world = new();

    [Fact]
    public void Nodes_on_one_store_come_up_and_see_each_other()
    {
        var nodes = _world.StartUp(3);

        Assert.All(nodes, node => Assert.Equal(3, node.Sees(MemberStatus.Up)));
        Assert.All(nodes, node => Assert.True(node.MayAct));
        Assert.All(nodes, node => Assert.Equal(1, node.Cluster.State.Leader?.Port));
        Assert.All(nodes, node => Assert.Contains("ActingRightChanged True", node.Events));
    }

    [Fact]
    public void Members_are_as_old_as_their_place_in_the_order_of_joining_on_every_node()
    {
        foreach (var port in (int[])[3, 1, 2])
        {
            var node = _world.Start(port);
            node.Join();
            _world.Await(() => node.Status == MemberStatus.Up, Soon);
        }

        _world.Await(() => _world.Nodes.All(node => node.Sees(MemberStatus.Up) == 3), Soon);

        Assert.All(_world.Nodes, node => Assert.Equal(
            [3, 1, 2],
            node.Cluster.State.Members.OrderBy(member => member, Member.AgeOrdering)
                .Select(member => member.Address.Port!.Value)));
    }

    [Fact]
    public void Any_address_or_seed_means_the_cluster_of_the_store()
    {
        var first = _world.Start(1);
        first.Cluster.JoinSeedNodes([Address.Parse("akka.tcp://node@nowhere:9")]);
        var second = _world.Start(2);
        second.Cluster.Join(Address.Parse("akka.tcp://node@elsewhere:9"));
        var seeded = new VirtualNodeOptions
        {
            More = """akka.cluster.seed-nodes = ["akka.tcp://node@nowhere:9"]""",
        };
        var third = _world.Start(3, seeded);

        _world.Await(() => _world.Nodes.All(node => node.Sees(MemberStatus.Up) == 3), Soon * 2);

        Assert.Equal(MemberStatus.Up, third.Status);
    }

    [Fact]
    public void Members_carry_their_roles_and_the_version_of_their_program()
    {
        _world.Start(1, new VirtualNodeOptions
        {
            More = """akka.cluster { roles = [worker, coordinator], app-version = "1.2.3-M1" }""",
        }).Join();
        var other = _world.Start(2);
        other.Join();
        _world.Await(() => other.Sees(MemberStatus.Up) == 2, Soon * 2);

        var member = other.Cluster.State.Members.First();

        Assert.Equal(["coordinator", "worker"], member.Roles.Order());
        Assert.Equal("1.2.3-M1", member.AppVersion.Version);
        Assert.Equal(1, other.Cluster.State.RoleLeader("worker")?.Port);
        Assert.Contains("RoleLeaderChanged worker 1", other.Events);
    }

    [Fact]
    public void Nobody_comes_up_before_enough_have_joined()
    {
        const string Three = "akka.cluster.min-nr-of-members = 3";
        var first = _world.Start(1, new VirtualNodeOptions { More = Three });
        first.Join();
        _world.Start(2, new VirtualNodeOptions { More = Three }).Join();
        _world.Run(5);
        Assert.Equal(2, first.Sees(MemberStatus.Joining));

        _world.Start(3, new VirtualNodeOptions { More = Three }).Join();

        _world.Await(() => _world.Nodes.All(node => node.Sees(MemberStatus.Up) == 3), Soon);
    }

    [Fact]
    public void Nobody_comes_up_before_enough_of_a_role_have_joined()
    {
        const string Worker = "akka.cluster.role.worker.min-nr-of-members = 1";
        var first = _world.Start(1, new VirtualNodeOptions { More = Worker });
        first.Join();
        _world.Run(5);
        Assert.Equal(1, first.Sees(MemberStatus.Joining));

        _world.Start(2, new VirtualNodeOptions { More = Worker + "\nakka.cluster.roles = [worker]" }).Join();

        _world.Await(() => first.Sees(MemberStatus.Up) == 2, Soon);
    }

    [Fact]
    public void A_node_leaves_through_every_state_and_its_system_ends_within_a_second()
    {
        var nodes = _world.StartUp(3);
        var (leaving, watching) = (nodes[0], nodes[1]);
        watching.Events.Clear();
        var left = leaving.Cluster.LeaveAsync();

        _world.Await(() => !watching.Knows(leaving), Soon);
        _world.Await(() => leaving.System.WhenTerminated.IsCompleted, Soon);

        Assert.True(left.IsCompletedSuccessfully);
        Assert.True(leaving.Cluster.IsTerminated);
        Assert.Equal(CoordinatedShutdown.ClusterLeavingReason.Instance, leaving.ShutdownReason);
        Assert.Equal(
            ["MemberLeft 1", "MemberExited 1", "LeaderChanged 2", "MemberRemoved 1"],
            watching.Events);
    }

    // Nothing on the way may be left to the next tick, in whichever order answers come.
    [Fact]
    public void A_way_out_never_waits_for_the_next_renewal()
    {
        const string Rare =
            "akka-slim.lease { ttl = 90s, renew-interval = 20s, margin = 20s, unreachable-after = 45s, timeout = 9s }";
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var world = new VirtualCluster(seed);
            var nodes = world.StartUp(3, Rare);

            var left = nodes[0].Cluster.LeaveAsync();

            world.Await(() => left.IsCompleted && !nodes[1].Knows(nodes[0]) && !nodes[2].Knows(nodes[0]), Soon);
        }
    }

    [Fact]
    public void A_node_can_be_told_to_leave_by_another()
    {
        var nodes = _world.StartUp(2);

        nodes[0].Cluster.Leave(nodes[1].Cluster.SelfAddress);

        _world.Await(() => !nodes[0].Knows(nodes[1]), Soon);
        Assert.Equal(CoordinatedShutdown.ClusterLeavingReason.Instance, nodes[1].ShutdownReason);
    }

    [Fact]
    public void Terminating_the_system_leaves_the_cluster_first()
    {
        var nodes = _world.StartUp(2);

        var end = nodes[1].System.Terminate();

        _world.Await(() => end.IsCompleted, Soon);
        _world.Await(() => !nodes[0].Knows(nodes[1]), Soon);
        Assert.Contains("MemberExited 2", nodes[0].Events);
    }

    [Fact]
    public void The_last_node_leaves_an_empty_store()
    {
        var node = _world.StartUp(1)[0];

        var end = node.System.Terminate();

        _world.Await(() => end.IsCompleted, Soon);
        var next = _world.Start(1);
        next.Join();
        _world.Await(() => next.Status == MemberStatus.Up, Soon);
        Assert.Single(next.Cluster.State.Members);
    }

    [Fact]
    public void A_node_that_stops_while_it_still_joins_leaves_nothing_behind()
    {
        var first = _world.Start(1, new VirtualNodeOptions { More = "akka.cluster.min-nr-of-members = 2" });
        first.Join();
        _world.Await(() => first.Status == MemberStatus.Joining, Soon);
        var cutOff = _world.Start(2);
        _world.CutOff(cutOff);
        cutOff.Join();
        _world.Run(0.5);

        var ends = new[] { first.System.Terminate(), cutOff.System.Terminate() };

        _world.Reconnect(cutOff);
        _world.Await(() => ends.All(end => end.IsCompleted), Soon * 10);
        var third = _world.Start(3);
        third.Join();
        _world.Await(() => third.Status == MemberStatus.Up, Soon);
        Assert.Single(third.Cluster.State.Members);
    }

    [Fact]
    public void A_member_taken_down_stops_acting_at_once_and_its_system_ends()
    {
        var nodes = _world.StartUp(3);
        var (down, watching) = (nodes[1], nodes[2]);
        watching.Events.Clear();

        nodes[0].Cluster.Down(down.Cluster.SelfAddress);

        _world.Await(() => !down.MayAct, Soon);
        _world.Await(() => !watching.Knows(down), Soon);
        Assert.Equal(["MemberDowned 2", "MemberRemoved 2"], watching.Events);
        _world.Await(() => down.Events.Contains("ActingRightChanged False"), Soon);
        Assert.Equal(CoordinatedShutdown.ClusterDowningReason.Instance, down.ShutdownReason);
        _world.Await(() => down.System.WhenTerminated.IsCompleted, Soon);
    }

    [Fact]
    public void A_member_taken_down_that_does_not_shut_down_is_gone_after_the_margin()
    {
        var nodes = _world.StartUp(2, "akka.cluster.run-coordinated-shutdown-when-down = off");

        nodes[0].Cluster.Down(nodes[1].Cluster.SelfAddress);

        _world.Await(() => !nodes[1].MayAct, Soon);
        var untilRemoved = _world.Await(() => !nodes[0].Knows(nodes[1]), TimeSpan.FromSeconds(4));
        Assert.InRange(untilRemoved, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(3.5));
        Assert.Null(nodes[1].ShutdownReason);
    }

    [Fact]
    public void An_incarnation_that_was_removed_makes_room_for_the_next_at_its_address()
    {
        var nodes = _world.StartUp(2);
        nodes[0].Cluster.Down(nodes[1].Cluster.SelfAddress);
        _world.Await(() => nodes[1].System.WhenTerminated.IsCompleted, Soon * 2);

        var next = _world.Start(2);
        next.Join();

        _world.Await(() => nodes[0].Sees(next, MemberStatus.Up), Soon);
        Assert.NotEqual(nodes[1].Cluster.SelfUniqueAddress, next.Cluster.SelfUniqueAddress);
    }

    [Fact]
    public void Port_0_gives_each_node_a_number_that_is_no_port()
    {
        var nodes = new[] { _world.Start(0), _world.Start(0) };
        Array.ForEach(nodes, node => node.Join());

        _world.Await(() => nodes.All(node => node.Sees(MemberStatus.Up) == 2), Soon * 2);

        Assert.All(nodes, node => Assert.True(node.Cluster.SelfAddress.Port > 65_535));
    }

    [Fact]
    public void To_take_down_or_leave_nobody_does_nothing()
    {
        var node = _world.StartUp(1)[0];

        node.Cluster.Down(Address.Parse("akka.tcp://node@127.0.0.1:99"));
        node.Cluster.Leave(Address.Parse("akka.tcp://node@127.0.0.1:98"));
        _world.Run(2);

        Assert.Equal(MemberStatus.Up, node.Status);
        Assert.Contains("WarningLevel There is no member akka.tcp://node@127.0.0.1:99.", node.Log);
    }

    [Fact]
    public void Idle_nodes_ask_little_of_the_store()
    {
        _world.StartUp(3);
        _world.Run(5);
        var before = _world.Store.Counters.Commits;

        _world.Run(10);

        // Each node renews its lease and looks for messages once a second.
        Assert.InRange(_world.Store.Counters.Commits - before, 58, 62);
    }
}

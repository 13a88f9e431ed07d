using Akka.Actor;
using Akka.Cluster;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Model;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>What keeps a node from joining, and what does not.</summary>
public sealed class JoinSpecs
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);

    private readonly VirtualCluster _world = new();

    [Fact]
    public void An_address_whose_owner_lives_is_refused_and_the_joiner_ends()
    {
        var owner = _world.StartUp(1)[0];
        var joiner = _world.Start(1);

        var join = joiner.Cluster.JoinAsync(joiner.Cluster.SelfAddress);

        _world.Await(() => joiner.System.WhenTerminated.IsCompleted, Soon * 4);
        Assert.Equal(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance, joiner.ShutdownReason);
        var refusal = Assert.IsType<ClusterJoinFailedException>(join.Exception?.InnerException);
        Assert.Contains("akka.tcp://node@127.0.0.1:1 is in use", refusal.Message);
        Assert.Contains(joiner.Log, line => line.StartsWith("ErrorLevel", StringComparison.Ordinal));
        Assert.True(owner.MayAct);
        Assert.Single(owner.Cluster.State.Members);
    }

    [Fact]
    public void An_address_whose_owner_is_lost_is_free_after_the_time_to_live()
    {
        var owner = _world.StartUp(1)[0];
        _world.Kill(owner);
        var joiner = _world.Start(1);

        joiner.Join();

        var untilUp = _world.Await(() => joiner.Status == MemberStatus.Up, Ttl * 2);
        Assert.InRange(untilUp, Ttl, Ttl + (3 * Soon));
        Assert.Single(joiner.Cluster.State.Members);
        Assert.Contains(joiner.Log, line => line.Contains("finds its address taken"));
    }

    [Fact]
    public void An_address_whose_owners_process_is_dead_on_the_same_host_is_free_at_once()
    {
        var owner = _world.Start(1, new VirtualNodeOptions { Processes = new KnownProcesses(id: 4711) });
        owner.Join();
        var other = _world.Start(2);
        other.Join();
        _world.Await(() => other.Sees(MemberStatus.Up) == 2, Soon * 2);
        other.Events.Clear();
        _world.Kill(owner);

        var joiner = _world.Start(1, new VirtualNodeOptions { Processes = new KnownProcesses(1, dead: 4711) });
        joiner.Join();

        _world.Await(() => other.Sees(joiner, MemberStatus.Up), Soon);
        Assert.False(other.Knows(owner));
    }

    [Fact]
    public void A_joiner_waits_for_an_owner_that_is_on_its_way_out()
    {
        var nodes = _world.StartUp(2);
        _world.Kill(nodes[1]);
        _world.Await(() => nodes[0].Cluster.State.Unreachable.Count == 1, Soon * 5);
        // It cannot go while another is unreachable.
        nodes[0].Cluster.Leave(nodes[0].Cluster.SelfAddress);
        var joiner = _world.Start(1);

        joiner.Join();

        _world.Await(() => joiner.Status == MemberStatus.Up, Ttl * 2);
        Assert.Null(joiner.ShutdownReason);
    }

    [Fact]
    public void A_store_of_another_cluster_is_refused_once_a_minute_and_the_node_goes_on_trying()
    {
        _world.StartUp(1);
        var stranger = _world.Start(2, new VirtualNodeOptions { SystemName = "stranger" });
        stranger.Join();

        _world.Run(90);

        const string Refusal = "belongs to the cluster \"node\"; this actor system is called \"stranger\"";
        Assert.Equal(2, stranger.Log.Count(line => line.Contains(Refusal)));
        Assert.Equal(2, stranger.Log.Count);
        Assert.Null(stranger.ShutdownReason);
        Assert.False(stranger.MayAct);
        Assert.Equal(1, _world.Nodes[0].Sees(MemberStatus.Up));
    }

    [Fact]
    public void A_store_whose_epoch_went_back_is_refused_until_it_has_caught_up()
    {
        var nodes = _world.StartUp(2);
        _world.Run(2);

        ChangeEpoch(by: -1);
        _world.Run(20);
        Assert.All(nodes, node => Assert.False(node.MayAct));
        Assert.All(nodes, node => Assert.Single(node.Log, line => line.Contains("has been seen: it is an old copy")));
        ChangeEpoch(by: 1);

        _world.Await(() => nodes.All(node => node.MayAct), Soon * 2);
        Assert.All(nodes, node => Assert.Equal(2, node.Sees(MemberStatus.Up)));
    }

    [Fact]
    public void An_administrator_accepts_an_old_store_by_deleting_the_epoch_file()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var node = _world.StartUp(1, $"akka-slim.store.epoch-file = \"{file}\"")[0];
        ChangeEpoch(by: -1);
        _world.Run(20);
        Assert.False(node.MayAct);

        File.Delete(file);

        _world.Await(() => node.MayAct, Soon * 3);
        File.Delete(file);
    }

    [Fact]
    public void A_store_that_is_away_when_a_node_joins_is_waited_for()
    {
        var node = _world.Start(1);
        _world.Weather.CutOff(node.Host, isRefused: true);
        node.Join();
        _world.Run(30);
        Assert.Single(node.Log, line => line.Contains("cannot open its queue"));

        _world.Weather.Reconnect(node.Host, isRefused: true);

        _world.Await(() => node.Status == MemberStatus.Up, Soon * 2);
    }

    [Fact]
    public void A_corrupt_row_is_left_out_and_logged_once_a_minute()
    {
        var node = _world.StartUp(1)[0];
        var odd = new MemberRow(99, "nonsense", "", "1", MemberStatus.Up, 1, 7, 0, "h", 1, 1);
        _ = node.Stores.Membership.Write(store => store.InsertMember(odd));

        _world.Run(30);

        Assert.Single(node.Log, line => line.Contains("The row of member 99 cannot be understood"));
        Assert.Single(node.Cluster.State.Members);
        Assert.True(node.MayAct);
    }

    private void ChangeEpoch(long by)
    {
        var cluster = _world.Store.Tables.Cluster;
        var transaction = new SerialTransaction();
        var row = cluster.Find(transaction, ModelTables.Whole, 0)!;
        cluster.Put(transaction, ModelTables.Whole, 0, row with { Epoch = row.Epoch + by })
            .AsTask().GetAwaiter().GetResult();
        transaction.Commit();
    }
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Store;
using Akka.TestKit.Xunit2;
using Akka.Util;
using Akka.Wire;
using TrainingCluster.EngineTests.Simulation.Model;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>
/// Actor systems with wires between them over one store in memory. Who is a member is what the test says.
/// </summary>
internal sealed class WireNodes : IDisposable
{
    private readonly List<WireNode> _all = [];
    private readonly List<WireNode> _members = [];
    private int _lastUid = 100;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    public SerialStore Store { get; } = new();

    /// <summary>A node with an open queue, of which the others do not know yet.</summary>
    public WireNode Start(
        int port, string config = "", Func<IStores, IStores>? disturb = null, bool isOpen = true)
    {
        var connection = Store.Connect();
        var node = new WireNode(
            new UniqueAddress(new Address("akka.tcp", "test", "localhost", port), ++_lastUid),
            connection,
            disturb?.Invoke(connection) ?? connection,
            config);
        _all.Add(node);
        if (isOpen)
        {
            Assert.True(node.Wire.OpenAsync().Wait(Patience), "The queue did not open.");
        }

        return node;
    }

    public WireNode Join(int port, string config = "", Func<IStores, IStores>? disturb = null)
    {
        var node = Start(port, config, disturb);
        Admit(node);
        return node;
    }

    public void Admit(params WireNode[] nodes)
    {
        _members.AddRange(nodes);
        TellAll();
    }

    /// <summary>Takes a node out as the leader does: it can send nothing any more before others know.</summary>
    public void Remove(WireNode node)
    {
        Bury(node);
        _members.Remove(node);
        TellAll();
    }

    /// <summary>The part of the removal that the others cannot see.</summary>
    public void Bury(WireNode node) =>
        Assert.True(Store.Connect().Queues.Write(async store =>
        {
            await store.CloseEndpoint(node.Self.Uid);
            await store.DeleteFramesOf(node.Self.Uid);
            return true;
        }).Wait(Patience));

    /// <summary>Puts a frame into a queue by hand.</summary>
    public void Put(WireNode from, WireNode to, long number, byte[] bytes)
    {
        Assert.True(Store.Connect().Queues.Write(async store =>
        {
            await store.InsertFrame(new FrameRow(to.Self.Uid, from.Self.Uid, number, bytes));
            return true;
        }).Wait(Patience));
        Store.Connect().WakeUps.Wake(to.Self.Uid);
    }

    /// <summary>As a database that comes back without its last commits.</summary>
    public void LoseFramesFor(WireNode node) =>
        Assert.True(Store.Connect().Queues.Write(async store =>
        {
            foreach (var frame in await store.Frames(node.Self.Uid, 1000))
            {
                await store.DeleteFrames(node.Self.Uid, frame.Sender, frame.Number);
            }

            return true;
        }).Wait(Patience));

    public int FramesFor(WireNode node) =>
        Store.Connect().Queues.Read(store => store.Frames(node.Self.Uid, 1000)).Result.Count;

    public void Dispose() => Task.WaitAll([.. _all.Select(node => node.System.Terminate())], Patience);

    public MembershipState StateOf(params IEnumerable<WireNode> nodes)
    {
        var members = nodes.Select(node => new Member(node.Self, 1, MemberStatus.Up, [], AppVersion.Zero));
        return new MembershipState(members.ToImmutableSortedSet(), []);
    }

    private void TellAll()
    {
        var state = StateOf(_members);
        foreach (var node in _all)
        {
            node.Wire.Update(state);
        }
    }
}

internal sealed class WireNode
{
    public WireNode(UniqueAddress self, SerialStores connection, IStores stores, string config)
    {
        Self = self;
        Connection = connection;
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(config).WithFallback(
            ConfigurationFactory.ParseString(
                """
                akka { loglevel = WARNING, stdout-loglevel = OFF, loggers = [] }
                akka-slim.lease { renew-interval = 100ms, timeout = 100ms }
                akka-slim.wire.poll-interval = 100ms
                """)));
        System = (ExtendedActorSystem)ActorSystem.Create("test", setup);
        ((LocalActorRefProvider)System.Provider).DefaultAddress = self.Address;
        Wire = new NodeWire(System, stores, self, TakenOut.Add);
        Kit = new TestKit(System);
    }

    public UniqueAddress Self { get; }

    /// <summary>Can be cut.</summary>
    public SerialStores Connection { get; }

    public ExtendedActorSystem System { get; }

    public NodeWire Wire { get; }

    public List<Address> TakenOut { get; } = [];

    /// <summary>What its test actor gets; no message has it as implicit sender.</summary>
    public TestKit Kit { get; }

    /// <summary>This node's reference to an actor of another node.</summary>
    public IActorRef RefTo(IActorRef theirs) => System.Provider.ResolveActorRef(
        Akka.Serialization.Serialization.SerializedActorPath(theirs));

    public ActorSelection Select(WireNode other, string path) =>
        System.ActorSelection(other.Self.Address + path);
}

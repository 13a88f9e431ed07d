using Akka.Cluster;
using TrainingCluster.EngineTests.Simulation.Model;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>
/// Nodes on one store in one thread and virtual time, with nothing left to chance: what takes minutes there is
/// over in milliseconds here.
/// </summary>
internal sealed class VirtualCluster
{
    public VirtualCluster(ulong seed = 1)
    {
        Loop = new SimLoop(seed);
        Weather = new StoreWeather(new SimRandom(seed + 1)) { IdleLimit = TimeSpan.FromSeconds(5) };
        Store = new SimStore(Loop, Weather);
    }

    public SimLoop Loop { get; }

    public StoreWeather Weather { get; }

    public SimStore Store { get; }

    public List<VirtualNode> Nodes { get; } = [];

    public TimeSpan Now => TimeSpan.FromTicks(Loop.Now);

    public VirtualNode Start(int port, VirtualNodeOptions? options = null)
    {
        var node = new VirtualNode(this, port, Nodes.Count + 1, options ?? new VirtualNodeOptions());
        Nodes.Add(node);
        return node;
    }

    /// <summary>Starts nodes that join and waits until all are up.</summary>
    public VirtualNode[] StartUp(int count, string more = "")
    {
        var nodes = Enumerable.Range(1, count).Select(number =>
        {
            var node = Start(number, new VirtualNodeOptions { More = more });
            node.Join();
            return node;
        }).ToArray();
        Await(() => nodes.All(node => node.Sees(MemberStatus.Up) == count), TimeSpan.FromSeconds(10));
        return nodes;
    }

    public void Run(double seconds)
    {
        // Continuations must run here and now; the test runner's context would take them elsewhere.
        SynchronizationContext.SetSynchronizationContext(null);
        Loop.RunUntil(Loop.Now + TimeSpan.FromSeconds(seconds).Ticks);
        if (Loop.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    /// <summary>Its process dies without a word.</summary>
    public void Kill(VirtualNode node)
    {
        node.Host.Kill();
        Store.Disconnect(node.Host);
    }

    /// <summary>Nothing it sends to the store is answered.</summary>
    public void CutOff(params IEnumerable<VirtualNode> nodes)
    {
        foreach (var node in nodes)
        {
            Weather.CutOff(node.Host, isRefused: false);
        }
    }

    public void Reconnect(params IEnumerable<VirtualNode> nodes)
    {
        foreach (var node in nodes)
        {
            Weather.Reconnect(node.Host, isRefused: false);
        }
    }

    /// <returns>How long it took, to the hundredth of a second.</returns>
    public TimeSpan Await(Func<bool> condition, TimeSpan limit)
    {
        var start = Now;
        while (!condition())
        {
            Assert.True(Now - start < limit, $"It was not so after {limit}: {Describe()}");
            Run(0.01);
        }

        return Now - start;
    }

    private string Describe() => string.Join(Environment.NewLine, Nodes.Select(node =>
        $"{node.Port}: {string.Join(", ", node.Cluster.State.Members)} may act: {node.MayAct}; "
        + string.Join(" | ", node.Log)));
}

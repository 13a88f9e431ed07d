using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Workers;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.ClusterTests.Workers;

/// <summary>Nodes that administrators take work from.</summary>
public sealed class CordonSpecs : TestKit
{
    private static readonly TimeSpan Wait = Patience.Long;
    private readonly string _root = Directory.CreateTempSubdirectory("cordon-").FullName;
    private readonly TaskCompletionSource _started = new();

    [Fact]
    public async Task A_cordoned_node_ends_what_it_has_and_takes_nothing_until_it_is_uncordoned()
    {
        var coordinator = CreateTestProbe();
        var agent = Agent(coordinator.Ref);
        var admin = CreateTestProbe();
        agent.Tell(Start("cnn_lstm/macd_momentum"), TestActor);
        ExpectMsg<WorkerEvents.Attached>(Wait);
        await _started.Task.Within("the worker");

        agent.Tell(new NodeCommands.Cordon(IsDrain: false), admin.Ref);

        var state = admin.ExpectMsg<NodeEvents.State>(Wait);
        Assert.Equal((0, 1, 0, true), (state.Slots, state.Busy, state.Lost, state.IsCordoned));
        Assert.True(state.WorkingSetBytes > 0);
        coordinator.FishForMessage(message => message is NodeEvents.Announced { Slots: 0, Busy: 1 }, Wait, "the news");
        agent.Tell(Start("cnn_lstm/atr_breakout"), TestActor);
        Assert.Equal("no_free_slot", ExpectMsg<WorkerEvents.Refused>(Wait).Code);
        agent.Tell(new NodeCommands.Uncordon(), admin.Ref);
        Assert.Equal(2, admin.ExpectMsg<NodeEvents.State>(Wait).Slots);
        agent.Tell(Start("cnn_lstm/atr_breakout"), TestActor);
        ExpectMsg<WorkerEvents.Attached>(Wait);
    }

    [Fact]
    public async Task A_drained_node_gives_its_jobs_back()
    {
        var agent = Agent(CreateTestProbe().Ref);
        var admin = CreateTestProbe();
        agent.Tell(Start("cnn_lstm/macd_momentum"), TestActor);
        ExpectMsg<WorkerEvents.Attached>(Wait);
        await _started.Task.Within("the worker");

        agent.Tell(new NodeCommands.Cordon(IsDrain: true), admin.Ref);

        Assert.True(admin.ExpectMsg<NodeEvents.State>(Wait).IsCordoned);
        Assert.Equal("drained", ExpectMsg<WorkerEvents.Stopped>(Wait).Reason);
        AwaitAssert(
            () =>
            {
                agent.Tell(new NodeCommands.Report(), admin.Ref);
                Assert.Equal(0, admin.ExpectMsg<NodeEvents.State>(Wait).Busy);
            },
            Wait);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Directory.Delete(_root, recursive: true);
    }

    private static WorkerCommands.Start Start(string job) => new(
        new JobAttempt(RunId.Parse("v_20241127_143022"), job, 1),
        5,
        Market.Encoders("macd_momentum", "atr_breakout"),
        ["macd_momentum", "atr_breakout"],
        [],
        RecoveryPlan.None);

    private IActorRef Agent(IActorRef coordinator)
    {
        var artifacts = new DirectoryArtifactStore(_root);
        artifacts.Put(BarSeriesArtifact.ToBytes(Market.Bars));
        var options = TrainingOptions.From(
            ConfigurationFactory.ParseString("training.node.slots = 2")
                .WithFallback(Home.Quick)
                .WithFallback(BuiltInConfig.Reference),
            2);
        var runner = new FakeRunner(async (_, cancellation) =>
        {
            _started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        });
        return Sys.ActorOf(NodeAgent.Props("node", "/user/agent", coordinator, new WorkerTools(
            runner, artifacts, new MemoryCheckpoints(), TimeProvider.System, options, (_, _) => { })));
    }
}

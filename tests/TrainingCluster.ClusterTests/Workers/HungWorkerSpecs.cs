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
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.ClusterTests.Workers;

/// <summary>Learners that show no sign of life, on threads that nothing ends from outside.</summary>
public sealed class HungWorkerSpecs : TestKit
{
    private const string Job = "cnn_lstm/macd_momentum";
    private static readonly TimeSpan Wait = Patience.Long;

    private readonly string _root = Directory.CreateTempSubdirectory("hung-").FullName;
    private readonly TaskCompletionSource _release = new();

    [Fact]
    public void A_job_that_hangs_fails_and_may_be_tried_again_on_the_slot_that_is_left()
    {
        var coordinator = CreateTestProbe();
        var agent = Agent(coordinator.Ref, slots: 2);
        agent.Tell(Start(attempt: 1), TestActor);
        ExpectMsg<WorkerEvents.Attached>(Wait);

        var failed = ExpectMsg<WorkerEvents.Failed>(Wait);

        Assert.Equal(Reasons.WorkerHung, failed.Reason);
        Assert.True(failed.IsWorthRepeating);
        coordinator.FishForMessage(
            message => message is NodeEvents.Announced { Slots: 1, Busy: 0 }, Wait, "the slot that is left");
        agent.Tell(Start(attempt: 2), TestActor);
        Assert.Equal(2, ExpectMsg<WorkerEvents.Attached>(Wait).Attempt.Number);
    }

    [Fact]
    public void A_thread_that_ends_after_all_gives_its_slot_back()
    {
        var coordinator = CreateTestProbe();
        var agent = Agent(coordinator.Ref, slots: 1);
        agent.Tell(Start(attempt: 1), TestActor);
        ExpectMsg<WorkerEvents.Attached>(Wait);
        ExpectMsg<WorkerEvents.Failed>(Wait);
        coordinator.FishForMessage(
            message => message is NodeEvents.Announced { Slots: 0 }, Wait, "no slot is left");

        _release.SetResult();

        coordinator.FishForMessage(
            message => message is NodeEvents.Announced { Slots: 1 }, Wait, "the slot is back");
    }

    protected override void Dispose(bool disposing)
    {
        _release.TrySetResult();
        base.Dispose(disposing);
        Directory.Delete(_root, recursive: true);
    }

    private static WorkerCommands.Start Start(int attempt) => new(
        new JobAttempt(RunId.Parse("v_20241127_143022"), Job, attempt),
        5,
        Market.Encoders("macd_momentum"),
        ["macd_momentum"],
        [],
        RecoveryPlan.None);

    private IActorRef Agent(IActorRef coordinator, int slots)
    {
        var artifacts = new DirectoryArtifactStore(_root);
        artifacts.Put(BarSeriesArtifact.ToBytes(Market.Bars));
        var options = TrainingOptions.From(
            ConfigurationFactory.ParseString(
                    $"training.node.slots = {slots}\ntraining.worker.heartbeat-timeout = 1s")
                .WithFallback(Home.Quick)
                .WithFallback(BuiltInConfig.Reference),
            slots);
        var runner = new FakeRunner((_, _) => _release.Task);
        return Sys.ActorOf(NodeAgent.Props("node", "/user/agent", coordinator, new WorkerTools(
            runner, artifacts, new MemoryCheckpoints(), TimeProvider.System, options, (_, _) => { })));
    }
}

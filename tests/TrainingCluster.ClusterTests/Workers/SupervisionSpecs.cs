using Akka.Actor;
using Akka.TestKit;
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

/// <summary>
/// The node agent, its supervisors and workers on a system of their own, with a probe for the trainer.
/// </summary>
public sealed class SupervisionSpecs : Akka.TestKit.Xunit2.TestKit
{
    private const string Job = "cnn_lstm/macd_momentum";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly string _root = Directory.CreateTempSubdirectory("worker-").FullName;
    private readonly TestProbe _coordinator;
    private readonly TestProbe _trainer;

    public SupervisionSpecs()
        : base("akka.loglevel = ERROR")
    {
        _coordinator = CreateTestProbe();
        _trainer = CreateTestProbe();
    }

    [Fact]
    public void A_worker_trains_on_a_thread_of_its_own_and_hands_over_digests()
    {
        var runner = new FakeRunner();
        var agent = Agent(runner);

        agent.Tell(Start(), _trainer);

        Expect<WorkerEvents.Attached>();
        var finished = Expect<WorkerEvents.Finished>();
        Assert.Equal(["model", "oof", "evaluation"], finished.Result.Files.Select(file => file.Role));
        Assert.Equal($"train {Attempt(1)}", Assert.Single(runner.Threads));
        Assert.All(finished.Result.Files, file => Assert.True(Artifacts.Contains(file.Digest)));
        Assert.Equal(.05, finished.Result.ValidationSharpePerBar);
    }

    [Fact]
    public void Numerical_faults_restart_the_worker_on_the_next_rung_of_the_ladder()
    {
        var runner = new FakeRunner((request, _) => request.Recovery.Attempt < 3
            ? throw new NumericalInstabilityException(10 + request.Recovery.Attempt, "loss")
            : Task.CompletedTask);
        var agent = Agent(runner);

        agent.Tell(Start(), _trainer);

        Expect<WorkerEvents.Attached>();
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => Expect<WorkerEvents.Recovering>().Plan.Attempt));
        Expect<WorkerEvents.Finished>();
        Assert.Equal([0, 1, 2, 3], runner.Starts.Select(start => start.Recovery.Attempt));
        Assert.Equal([10L, 11, 12], runner.Starts.Last().Recovery.SkippedSteps);
        Assert.Equal(.5, runner.Starts.Last().Recovery.LearningRateScale);
        Assert.Equal(.5, runner.Starts.Last().Recovery.ClipScale);
    }

    [Fact]
    public void The_fourth_numerical_fault_ends_the_job_with_its_reason()
    {
        var runner = new FakeRunner((request, _) =>
            throw new NumericalInstabilityException(10 + request.Recovery.Attempt, "loss"));
        var agent = Agent(runner);

        agent.Tell(Start(), _trainer);

        Expect<WorkerEvents.Attached>();
        for (var i = 0; i < 3; i++)
        {
            Expect<WorkerEvents.Recovering>();
        }

        var failed = Expect<WorkerEvents.Failed>();
        Assert.Equal(Reasons.NumericalInstability, failed.Reason);
        Assert.Contains("loss is not finite at step 13", failed.Detail);
        Assert.Equal(4, runner.Starts.Count);
    }

    [Fact]
    public void Another_fault_stops_the_worker_and_names_its_reason()
    {
        var agent = Agent(new FakeRunner((_, _) => throw new InvalidOperationException("the dog ate the weights")));

        agent.Tell(Start(), _trainer);

        Expect<WorkerEvents.Attached>();
        var failed = Expect<WorkerEvents.Failed>();
        Assert.Equal(Reasons.WorkerError, failed.Reason);
        Assert.Equal("the dog ate the weights", failed.Detail);
        Assert.False(failed.IsWorthRepeating);
    }

    [Fact]
    public async Task A_worker_stops_between_two_steps_when_told_to()
    {
        var started = new TaskCompletionSource();
        var agent = Agent(new FakeRunner((_, cancellation) => Forever(started, cancellation)));
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();
        await started.Task.Within("the worker");

        agent.Tell(new WorkerCommands.Stop(Attempt(1), 5, Reasons.Timeout), _trainer);

        Assert.Equal(Reasons.Timeout, Expect<WorkerEvents.Stopped>().Reason);
    }

    [Fact]
    public async Task A_worker_that_does_not_stop_is_given_up_and_keeps_its_slot()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var agent = Agent(
            new FakeRunner((request, _) =>
            {
                started.TrySetResult();
                return request.Spec.Id == Job ? release.Task : Task.CompletedTask;
            }),
            slots: 1,
            config: "training.worker.stop-timeout = 1s");
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();
        await started.Task.Within("the worker");

        agent.Tell(new WorkerCommands.Stop(Attempt(1), 5, Reasons.Timeout), _trainer);
        Assert.Equal(Reasons.WorkerHung, Expect<WorkerEvents.Failed>().Reason);
        agent.Tell(new WorkerCommands.Release(Attempt(1), 5), _trainer);
        agent.Tell(Start(job: "cnn_lstm/atr_breakout"), _trainer);
        Assert.Equal("no_free_slot", Expect<WorkerEvents.Refused>().Code);

        release.SetResult();
        AwaitAssert(
            () =>
            {
                agent.Tell(Start(job: "cnn_lstm/atr_breakout"), _trainer);
                Expect<WorkerEvents.Attached>();
            },
            Wait);
        Expect<WorkerEvents.Finished>();
    }

    [Fact]
    public async Task A_later_attempt_stops_the_earlier_worker_before_its_own_begins()
    {
        var started = new TaskCompletionSource();
        var ended = 0;
        var overlap = false;
        var runner = new FakeRunner(async (request, cancellation) =>
        {
            if (Interlocked.Increment(ref ended) > 1)
            {
                overlap = !cancellation.IsCancellationRequested && !started.Task.IsCompleted;
                return;
            }

            await Forever(started, cancellation);
        });
        var agent = Agent(runner);
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();
        await started.Task.Within("the worker");
        var successor = CreateTestProbe();

        agent.Tell(Start(attempt: 2, fence: 9), successor);

        Assert.Equal("superseded", Expect<WorkerEvents.Stopped>().Reason);
        successor.ExpectMsg<WorkerEvents.Attached>(Wait);
        Assert.Equal(9, successor.ExpectMsg<WorkerEvents.Finished>(Wait).Fence);
        Assert.False(overlap);
        Assert.Equal(1, runner.RunningMax);
    }

    [Fact]
    public void A_stale_trainer_is_refused()
    {
        var started = new TaskCompletionSource();
        var agent = Agent(new FakeRunner((_, cancellation) => Forever(started, cancellation)));
        agent.Tell(Start(attempt: 2, fence: 9), _trainer);
        Expect<WorkerEvents.Attached>();
        var stale = CreateTestProbe();

        agent.Tell(Start(attempt: 1, fence: 5), stale);
        agent.Tell(Start(attempt: 2, fence: 8), stale);

        Assert.Equal("stale_fence", stale.ExpectMsg<WorkerEvents.Refused>(Wait).Code);
        Assert.Equal("stale_fence", stale.ExpectMsg<WorkerEvents.Refused>(Wait).Code);
    }

    [Fact]
    public void An_outcome_waits_for_a_trainer_that_attaches_later()
    {
        var agent = Agent(new FakeRunner());
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();
        Expect<WorkerEvents.Finished>();
        var next = CreateTestProbe();

        agent.Tell(Start(fence: 9), next);

        Assert.Equal(9, next.ExpectMsg<WorkerEvents.Attached>(Wait).Fence);
        Assert.Equal(9, next.ExpectMsg<WorkerEvents.Finished>(Wait).Fence);
    }

    [Fact]
    public void No_more_workers_run_than_there_are_slots()
    {
        var started = new TaskCompletionSource();
        var agent = Agent(new FakeRunner((_, cancellation) => Forever(started, cancellation)), slots: 1);
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();

        agent.Tell(Start(job: "cnn_lstm/atr_breakout"), _trainer);

        Assert.Equal("no_free_slot", Expect<WorkerEvents.Refused>().Code);
    }

    [Fact]
    public async Task Draining_stops_every_worker_and_takes_no_more()
    {
        var started = new TaskCompletionSource();
        var agent = Agent(new FakeRunner((_, cancellation) => Forever(started, cancellation)));
        agent.Tell(Start(), _trainer);
        Expect<WorkerEvents.Attached>();
        await started.Task.Within("the worker");

        agent.Tell(new NodeAgent.Drain("shutdown"), TestActor);

        ExpectMsg<NodeAgent.Drained>(Wait);
        Assert.Equal("shutdown", Expect<WorkerEvents.Stopped>().Reason);
        agent.Tell(Start(job: "cnn_lstm/atr_breakout"), _trainer);
        Assert.Equal("no_free_slot", Expect<WorkerEvents.Refused>().Code);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Directory.Delete(_root, recursive: true);
    }

    private DirectoryArtifactStore Artifacts => new(_root);

    private static async Task Forever(TaskCompletionSource started, CancellationToken cancellation)
    {
        started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    private static JobAttempt Attempt(int number, string job = Job) =>
        new(RunId.Parse("v_20241127_143022"), job, number);

    private static WorkerCommands.Start Start(int attempt = 1, long fence = 5, string job = Job) => new(
        Attempt(attempt, job),
        fence,
        Market.Encoders("macd_momentum", "atr_breakout"),
        ["macd_momentum", "atr_breakout"],
        [],
        RecoveryPlan.None);

    private IActorRef Agent(IJobRunner runner, int slots = 2, string config = "")
    {
        Artifacts.Put(BarSeriesArtifact.ToBytes(Market.Bars));
        var options = TrainingOptions.From(
            Akka.Configuration.ConfigurationFactory.ParseString($"training.node.slots = {slots}\n{config}")
                .WithFallback(Home.Quick)
                .WithFallback(BuiltInConfig.Reference),
            slots);
        return Sys.ActorOf(NodeAgent.Props("node", "/user/agent", _coordinator, new WorkerTools(
            runner, Artifacts, new MemoryCheckpoints(), TimeProvider.System, options, (_, _) => { })));
    }

    private T Expect<T>() => _trainer.ExpectMsg<T>(Wait);
}

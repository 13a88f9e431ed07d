using System.Collections.Immutable;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;
using TrainingCluster.UnitTests.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Serialization;

/// <summary>One message of each contract with every field filled.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = Pipeline.Noon;

    private static readonly RunId Run = RunId.At(At, 2);

    private static readonly JobAttempt Attempt = new(Run, "ppo/macd_momentum", 3);

    private static readonly CommandOrigin Origin = new("key", "token:ops");

    private static readonly RunEvents.CommandTaken Taken =
        new("key", "token:ops", "job.pause", Run, "a/b", Digest.Of("c"), At);

    private static readonly RecoveryPlan Plan = RecoveryPlan.None
        .Next(new NumericalInstabilityException(17, "loss", 3))
        .Next(new NumericalInstabilityException(19, "loss"));

    private static readonly GivenVersion Given =
        new(VersionId.Parse("cnn_lstm/macd_momentum@1.2.3"), Digest.Of("g"));

    private static readonly RunSpec Spec = Pipeline.Spec("macd_momentum", "atr_breakout") with
    {
        Seed = ulong.MaxValue,
        Frictions = new TradingFrictions(.0002, .05, .1, .03, 50_000),
        Definitions = new StrategyDefinitions(ImmutableSortedDictionary<string, string>.Empty
            .Add("macd_momentum", "macd_momentum(fast=8)")),
        Origins =
        [
            new DataOrigin(
                "AAPL", "aapl.csv", 100, Digest.Of("bars"), .99,
                ImmutableSortedDictionary<string, long>.Empty.Add("order", 2), ["info: gaps: one"], ["too low"]),
        ],
        Overrides = BudgetOverrides.Of(("ppo.total_steps", 128)),
        Inputs = [new InputVersion("encoder", "macd_momentum", Given.Id.ToString(), Digest.Of("i"))],
        Fault = FaultInjection.NanGradientAt("ppo/macd_momentum", 5, 7),
    };

    private static readonly JobResult Result = Pipeline.Result("ppo/macd_momentum") with
    {
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("sharpe", 1.0 / 3),
    };

    private static readonly WorkerResult Made = new(
        Result.Files, Result.Metrics, Digest.Of("s"), Digest.Of("r"), Digest.Of("x"), -.25,
        ImmutableSortedDictionary<string, string>.Empty.Add("torch", "1.13"));

    private static readonly JobInput Input =
        new("encoder", "cnn_lstm/x", "cnn_lstm/x@1.0.0", Digest.Of("in"));

    private static readonly RunSummary Summary =
        RunSummary.Of(Pipeline.Submitted(strategies: "macd_momentum").State);

    private static readonly RegisterVersion Registration = Registry.Some.Registration() with
    {
        Trial = new Trial(Digest.Of("t"), "macd_momentum", .1),
        Degradation = "made without hybrid/a",
    };

    private static readonly ModelVersion Version =
        Registry.Some.Accepted(RegistryState.Empty, Registration).Version;

    public static IEnumerable<object> All =>
        [.. OfRuns(), .. OfJobs(), .. OfWorkers(), .. OfTheRegistry()];

    private static IEnumerable<object> OfRuns() =>
    [
        new RunEvents.Activated("one", At),
        new RunEvents.Submitted(
            Run, Spec, "key", [new PlannedJob("a/b", Stage.Hybrid, "b", ["c/d"], TimeSpan.FromSeconds(3))],
            [Given], 2, At) { Priority = 3 },
        Taken,
        new RunEvents.Prioritised(Run, -4, At),
        new RunEvents.JobPaused(Run, "a/b", Reasons.Requested, At),
        new RunEvents.JobResumed(Run, "a/b", At),
        new RunEvents.JobRetried(Run, "a/b", ["c/d"], At),
        new RunEvents.JobQuarantined(Run, "a/b", "poison", At),
        new RunEvents.JobAssigned(Run, "a/b", 1, "node", 5, At),
        new RunEvents.JobInputsMissing(Run, "a/b", ["c/d"], At),
        new RunEvents.JobRecovering(Run, "a/b", 1, Plan, "loss", 17, At),
        new RunEvents.JobSucceeded(Run, "a/b", 1, Result, At),
        new RunEvents.JobFailed(Run, "a/b", 1, Reasons.Timeout, "late", true, At),
        new RunEvents.JobPreempted(Run, "a/b", 1, Reasons.NodeLost, At),
        new RunEvents.JobCancelled(Run, "a/b", Reasons.Requested, "asked", At),
        new RunEvents.Paused(Run, Reasons.Requested, At),
        new RunEvents.Interrupted(Run, At),
        new RunEvents.Resumed(Run, At),
        new RunEvents.Ended(Run, RunStatus.Degraded, Reasons.JobsFailed, "a/b", At),
        new RunCommands.Submit("key", Spec, [Given]) { Priority = 3, Origin = Origin },
        new RunCommands.Pause(Run) { Origin = Origin },
        new RunCommands.Resume(Run) { Origin = Origin },
        new RunCommands.Cancel(Run) { Origin = Origin },
        new RunCommands.Prioritise(Run, -4) { Origin = Origin },
        new RunCommands.OfJob(Run, "a/b", JobAction.Quarantine) { Origin = Origin },
        new RunQueries.GetRun(Run, 2),
        new RunQueries.GetRuns(7),
        new RunQueries.GetNodes(),
        new RunQueries.Explain(Run, "a/b"),
        new RunQueries.GetStatus(),
        new RunQueries.GetCommands(7),
        new RunAnswers.Accepted(Run),
        new RunAnswers.Refused(Run, "code", "text"),
        new RunAnswers.Found(Summary, 2, true),
        new RunAnswers.Listed([RunLine.Of(Pipeline.Submitted(strategies: "macd_momentum").State)]),
        new RunAnswers.Nodes(5, [new NodeLine("node", 2, 1)]),
        new RunAnswers.Explained(new JobExplanation(
            Run, "a/b", JobStatus.Paused, Reasons.Requested, 3, 1, 2, 1, "node", ["it waits"])),
        new RunAnswers.Status(new CoordinatorStatus("node", 5, At, 1, 2, 3, 4, 5, 6, [new NodeLine("node", 2, 1)])),
        new RunAnswers.Commands([Taken]),
        new RunChanged(Run, RunStatus.Failed, Reasons.JobsFailed, "all"),
        new JobChanged(Run, "a/b", JobStatus.Degraded, 1, "node", Reasons.InputsMissing, "x", "a/b@1.0.0"),
        new JobAdvanced(Run, new JobProgress("a/b", "fit", 3, 5, Result.Metrics), 2),
    ];

    private static IEnumerable<object> OfJobs() =>
    [
        new JobCommands.Start(
            Attempt, 5, Spec, ["macd_momentum"], [Input], [Given], Plan, "made without x", "akka://a/user/b"),
        new JobCommands.Stop(Attempt, 5, Reasons.Requested, "akka://a/user/b"),
        new JobEvents.Accepted(Attempt, 5),
        new JobEvents.Recovering(Attempt, 5, Plan, "loss", 17),
        new JobEvents.Succeeded(Attempt, 5, Result),
        new JobEvents.Failed(Attempt, 5, Reasons.OutOfMemory, "small", true),
        new JobEvents.Stopped(Attempt, 5, Reasons.Requested),
        new JobAnswers.Recorded(Attempt, 5),
        new JobAnswers.Superseded(Attempt, 6),
    ];

    private static IEnumerable<object> OfWorkers() =>
    [
        new NodeEvents.Announced("node", "akka://a/user/b", 2, 1) { Devices = ["cuda:0"] },
        new NodeEvents.State("node", 2, 1, 1, true, ["cuda:0"], 5, .5),
        new NodeCommands.Cordon(true),
        new NodeCommands.Uncordon(),
        new NodeCommands.Report(),
        new WorkerCommands.Start(Attempt, 5, Spec, ["macd_momentum"], [Input], Plan),
        new WorkerCommands.Stop(Attempt, 5, Reasons.Timeout),
        new WorkerCommands.Release(Attempt, 5),
        new WorkerEvents.Attached(Attempt, 5),
        new WorkerEvents.Refused(Attempt, 5, "no_free_slot"),
        new WorkerEvents.Recovering(Attempt, 5, Plan, "loss", 17),
        new WorkerEvents.Finished(Attempt, 5, Made),
        new WorkerEvents.Failed(Attempt, 5, Reasons.WorkerError, "bad", false),
        new WorkerEvents.Stopped(Attempt, 5, Reasons.Timeout),
    ];

    private static IEnumerable<object> OfTheRegistry() =>
    [
        new RegistryCommands.Register(Registration),
        new RegistryQueries.GetVersion(Given.Id),
        new RegistryQueries.GetTrials(Digest.Of("bars")),
        new RegistryQueries.ListVersions("ppo", "macd_momentum", 3, 7),
        new RegistryQueries.GetStatus(),
        new RegistryAnswers.Registered("run", "job", Version, true),
        new RegistryAnswers.Refused("run", "job", [new RegistrationProblem("files", "none")]),
        new RegistryAnswers.Found(Given.Id, Version),
        new RegistryAnswers.Trials(Digest.Of("bars"), 3, .01),
        new RegistryAnswers.Listed([VersionLine.Of(Version)], 1),
        new RegistryAnswers.Status("node", 5, 4),
        new VersionRegistered(Version),
        new TrialCounted(Digest.Of("bars"), Digest.Of("spec"), "ppo", "macd_momentum", .1),
    ];
}

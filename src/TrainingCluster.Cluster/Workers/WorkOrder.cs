using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Workers.Processes;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Workers;

/// <summary>What a worker is to do.</summary>
internal sealed record WorkOrder(
    JobAttempt Attempt,
    RunSpec Spec,
    ImmutableArray<string> Strategies,
    ImmutableArray<JobInput> Inputs,
    RecoveryPlan Recovery)
{
    public static WorkOrder Of(WorkerCommands.Start start) =>
        new(start.Attempt, start.Spec, start.Strategies, start.Inputs, start.Recovery);
}

/// <summary>What all workers of a node share.</summary>
/// <param name="Progress">Told on the worker's thread, at most as often as the options say.</param>
internal sealed record WorkerTools(
    IJobRunner Runner,
    IArtifactStore Artifacts,
    ICheckpointStore Checkpoints,
    TimeProvider Clock,
    TrainingOptions Options,
    Action<JobAttempt, JobProgress> Progress)
{
    /// <summary>Who runs each job in a process of its own; null: they run on threads of this one.</summary>
    public ChildWorkers? Children { get; init; }

    /// <summary>What the node has beside its processors.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];
}

/// <summary>How a worker's thread ended.</summary>
internal abstract record WorkOutcome;

internal sealed record WorkCompleted(WorkerResult Result) : WorkOutcome;

/// <summary>It was told to stop and its checkpoint is written.</summary>
internal sealed record WorkCancelled : WorkOutcome;

internal sealed record WorkFaulted(Exception Cause) : WorkOutcome;

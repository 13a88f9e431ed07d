using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Nodes;

/// <summary>What node agents tell the coordinator.</summary>
public static class NodeEvents
{
    /// <summary>The node is there; repeated each <c>training.node.announce-interval</c>.</summary>
    /// <param name="Node">The node's address in the cluster, its identity.</param>
    /// <param name="AgentPath">Where trainers reach the agent.</param>
    /// <param name="Busy">Slots with a worker in them.</param>
    public sealed record Announced(string Node, string AgentPath, int Slots, int Busy) : IWireMessage;
}

/// <summary>What trainers tell node agents.</summary>
public static class WorkerCommands
{
    /// <summary>
    /// Start a worker, or attach to the one that is there. A higher fencing number for a later attempt stops
    /// an earlier one first; a lower number is refused.
    /// </summary>
    public sealed record Start(
        JobAttempt Attempt,
        long Fence,
        RunSpec Spec,
        ImmutableArray<string> Strategies,
        ImmutableArray<JobInput> Inputs,
        RecoveryPlan Recovery) : IAboutAttempt;

    /// <summary>Checkpoint and stop.</summary>
    public sealed record Stop(JobAttempt Attempt, long Fence, string Reason) : IAboutAttempt;

    /// <summary>The outcome has been taken care of and may be forgotten.</summary>
    public sealed record Release(JobAttempt Attempt, long Fence) : IAboutAttempt;
}

/// <summary>What node agents and their supervisors tell trainers.</summary>
public static class WorkerEvents
{
    /// <summary>There is a worker, and its news comes to whoever attached last.</summary>
    public sealed record Attached(JobAttempt Attempt, long Fence) : IAboutAttempt;

    /// <param name="Code"><c>no_free_slot</c> (try again), <c>stale_fence</c> (give up) or
    /// <c>unknown</c>.</param>
    public sealed record Refused(JobAttempt Attempt, long Fence, string Code) : IAboutAttempt;

    public sealed record Recovering(
        JobAttempt Attempt, long Fence, RecoveryPlan Plan, string Where, long Step)
        : IAboutAttempt;

    public sealed record Finished(JobAttempt Attempt, long Fence, WorkerResult Result) : IAboutAttempt;

    public sealed record Failed(
        JobAttempt Attempt, long Fence, string Reason, string Detail, bool IsWorthRepeating)
        : IAboutAttempt;

    public sealed record Stopped(JobAttempt Attempt, long Fence, string Reason) : IAboutAttempt;
}

/// <summary>What a worker made. The bytes are in the artifact store before this is said.</summary>
/// <param name="Metrics">Out of sample, finite values only.</param>
/// <param name="SpecDigest">Of the whole job with its inputs.</param>
/// <param name="RecipeDigest">Of the job without data and inputs.</param>
/// <param name="SignatureDigest">Of the model's interface.</param>
/// <param name="ValidationSharpePerBar">Of the window in which choices are made; null where
/// undefined.</param>
/// <param name="NumericProfile">Libraries and settings that the bytes depend on, as the artifact records them.</param>
public sealed record WorkerResult(
    ImmutableArray<ArtifactFile> Files,
    ImmutableSortedDictionary<string, double> Metrics,
    Digest SpecDigest,
    Digest RecipeDigest,
    Digest SignatureDigest,
    double? ValidationSharpePerBar,
    ImmutableSortedDictionary<string, string> NumericProfile);

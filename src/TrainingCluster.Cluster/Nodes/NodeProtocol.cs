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
    public sealed record Announced(string Node, string AgentPath, int Slots, int Busy) : IWireMessage
    {
        /// <summary>Beside the processors, <c>cuda:0</c> …</summary>
        public ImmutableArray<string> Devices
        {
            get => field.IsDefault ? [] : field;
            init;
        }
    }

    /// <summary>How a node is doing.</summary>
    /// <param name="Slots">Those it offers: none while it is cordoned.</param>
    /// <param name="Busy">Slots with a worker in them.</param>
    /// <param name="Lost">Slots with a worker that does not obey.</param>
    /// <param name="IsCordoned">It takes no jobs.</param>
    /// <param name="WorkingSetBytes">Of its process.</param>
    /// <param name="ProcessorSeconds">That its process has used.</param>
    public sealed record State(
        string Node,
        int Slots,
        int Busy,
        int Lost,
        bool IsCordoned,
        ImmutableArray<string> Devices,
        long WorkingSetBytes,
        double ProcessorSeconds) : IWireMessage;
}

/// <summary>What administrators tell a node's agent. Each is answered with <see cref="NodeEvents.State"/>.</summary>
public static class NodeCommands
{
    /// <summary>Take no more jobs until <see cref="Uncordon"/>, or until the process is started again.</summary>
    /// <param name="IsDrain">Also give back those that run, after a checkpoint.</param>
    public sealed record Cordon(bool IsDrain) : IWireMessage;

    public sealed record Uncordon : IWireMessage;

    /// <summary>Change nothing.</summary>
    public sealed record Report : IWireMessage;
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

using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>What the coordinator tells trainers.</summary>
public static class JobCommands
{
    /// <summary>
    /// Begin, or go on under a newer fencing number. Sent until <see cref="JobEvents.Accepted"/> comes back
    /// and again from time to time; whoever has it already just says so.
    /// </summary>
    /// <param name="Strategies">Those the job is to work on: fewer than the spec's if inputs are
    /// missing.</param>
    /// <param name="Inputs">Outputs of earlier jobs of this run.</param>
    /// <param name="Components">The versions that the result is built from.</param>
    /// <param name="AgentPath">Of the node agent that is to run the worker.</param>
    public sealed record Start(
        JobAttempt Attempt,
        long Fence,
        RunSpec Spec,
        ImmutableArray<string> Strategies,
        ImmutableArray<JobInput> Inputs,
        ImmutableArray<GivenVersion> Components,
        RecoveryPlan Recovery,
        string? Degradation,
        string AgentPath) : IAboutAttempt;

    /// <summary>Checkpoint, stop, and say <see cref="JobEvents.Stopped"/>.</summary>
    public sealed record Stop(JobAttempt Attempt, long Fence, string Reason, string AgentPath) : IAboutAttempt;
}

/// <summary>What trainers tell the coordinator. The last three are repeated until answered.</summary>
public static class JobEvents
{
    /// <summary>The trainer is on it.</summary>
    public sealed record Accepted(JobAttempt Attempt, long Fence) : IAboutAttempt;

    /// <summary>A numerical fault; the worker was restarted with this plan.</summary>
    public sealed record Recovering(JobAttempt Attempt, long Fence, RecoveryPlan Plan, string Where, long Step)
        : IAboutAttempt;

    /// <summary>The version is registered.</summary>
    public sealed record Succeeded(JobAttempt Attempt, long Fence, JobResult Result) : IAboutAttempt;

    /// <param name="IsWorthRepeating">False where the next attempt would end the same way.</param>
    public sealed record Failed(JobAttempt Attempt, long Fence, string Reason, string Detail, bool IsWorthRepeating)
        : IAboutAttempt;

    /// <summary>Stopped as told; the checkpoint is written.</summary>
    public sealed record Stopped(JobAttempt Attempt, long Fence, string Reason) : IAboutAttempt;
}

/// <summary>How the coordinator answers the last three of <see cref="JobEvents"/>.</summary>
public static class JobAnswers
{
    /// <summary>It stands in the journal: the trainer's work is done.</summary>
    public sealed record Recorded(JobAttempt Attempt, long Fence) : IAboutAttempt;

    /// <summary>
    /// The attempt is not the one the coordinator waits for: the trainer's work counts for nothing.
    /// </summary>
    /// <param name="Fence">The number in force.</param>
    public sealed record Superseded(JobAttempt Attempt, long Fence) : IAboutAttempt;
}

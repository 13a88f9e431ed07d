using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Runs;

/// <summary>An event of the coordinator's journal.</summary>
public interface IRunEvent : IWireMessage
{
    DateTimeOffset At { get; }
}

/// <summary>An event of one run.</summary>
public interface IEventOfRun : IRunEvent
{
    RunId Run { get; }
}

/// <summary>What happened to runs and their jobs, in the order in which the coordinator stored it.</summary>
public static class RunEvents
{
    /// <summary>
    /// A coordinator took over. The sequence number of this event is the fencing number of all it does.
    /// </summary>
    /// <param name="Incarnation">Of the process: another one means that the workers of the last are
    /// gone.</param>
    public sealed record Activated(string Incarnation, DateTimeOffset At) : IRunEvent;

    /// <param name="SubmissionKey">Chosen by the submitter; the same key again is the same run.</param>
    /// <param name="RetryBudget">Failed attempts that each job may repeat.</param>
    public sealed record Submitted(
        RunId Run,
        RunSpec Spec,
        string SubmissionKey,
        ImmutableArray<PlannedJob> Jobs,
        ImmutableArray<GivenVersion> GivenVersions,
        int RetryBudget,
        DateTimeOffset At) : IEventOfRun
    {
        /// <summary>0 in journals that were written before there were priorities.</summary>
        public int Priority { get; init; }
    }

    /// <summary>
    /// Somebody's command was accepted: stored with the events that it brought, or alone if it brought none. What
    /// answers the same command again, and the log of who did what.
    /// </summary>
    /// <param name="Verb">The wire name of the command, and the request of a command to a job.</param>
    /// <param name="Run">What it is answered with.</param>
    /// <param name="Job">Null if it is about a whole run.</param>
    /// <param name="Content">Of all of the command but its origin.</param>
    public sealed record CommandTaken(
        string Id, string By, string Verb, RunId Run, string? Job, Digest Content, DateTimeOffset At) : IRunEvent;

    public sealed record Prioritised(RunId Run, int Priority, DateTimeOffset At) : IEventOfRun;

    public sealed record JobAssigned(
        RunId Run, string Job, int Attempt, string Node, long Fence, DateTimeOffset At) : IEventOfRun;

    /// <summary>The job's inputs were settled without some that have no result.</summary>
    public sealed record JobInputsMissing(
        RunId Run, string Job, ImmutableArray<string> Missing, DateTimeOffset At) : IEventOfRun;

    /// <summary>A numerical fault: the worker was restarted with the next plan.</summary>
    public sealed record JobRecovering(
        RunId Run, string Job, int Attempt, RecoveryPlan Plan, string Where, long Step, DateTimeOffset At)
        : IEventOfRun;

    public sealed record JobSucceeded(
        RunId Run, string Job, int Attempt, JobResult Result, DateTimeOffset At) : IEventOfRun;

    /// <param name="IsFinal">False if the job goes back to the queue.</param>
    public sealed record JobFailed(
        RunId Run, string Job, int Attempt, string Reason, string Detail, bool IsFinal, DateTimeOffset At)
        : IEventOfRun;

    /// <summary>The job goes back to the queue through no fault of its own.</summary>
    public sealed record JobPreempted(
        RunId Run, string Job, int Attempt, string Reason, DateTimeOffset At) : IEventOfRun;

    public sealed record JobCancelled(
        RunId Run, string Job, string Reason, string Detail, DateTimeOffset At) : IEventOfRun;

    /// <summary>The job waits until somebody resumes it; if it is active, once it has stopped.</summary>
    public sealed record JobPaused(RunId Run, string Job, string Reason, DateTimeOffset At) : IEventOfRun;

    public sealed record JobResumed(RunId Run, string Job, DateTimeOffset At) : IEventOfRun;

    /// <summary>A job without a result is tried again with a whole budget, and an ended run goes on with it.</summary>
    /// <param name="Dependants">Jobs that had been cancelled for want of its result.</param>
    public sealed record JobRetried(
        RunId Run, string Job, ImmutableArray<string> Dependants, DateTimeOffset At) : IEventOfRun;

    /// <summary>The job is taken out: a resumed run passes it over, only a retry of the job brings it back.</summary>
    public sealed record JobQuarantined(RunId Run, string Job, string Detail, DateTimeOffset At) : IEventOfRun;

    public sealed record Paused(RunId Run, string Reason, DateTimeOffset At) : IEventOfRun;

    /// <summary>The process that ran it is gone; its active jobs are queued again and wait with it.</summary>
    public sealed record Interrupted(RunId Run, DateTimeOffset At) : IEventOfRun;

    /// <summary>A halted run goes on; a failed one tries the jobs without a result again.</summary>
    public sealed record Resumed(RunId Run, DateTimeOffset At) : IEventOfRun;

    public sealed record Ended(
        RunId Run, RunStatus Status, string? Reason, string? Detail, DateTimeOffset At) : IEventOfRun;
}

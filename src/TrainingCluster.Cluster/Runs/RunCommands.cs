using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>A request that changes something.</summary>
public abstract record RunCommand : IWireMessage
{
    /// <summary>Null only inside one process that repeats nothing: then nothing is compared or logged.</summary>
    public CommandOrigin? Origin { get; init; }
}

/// <summary>
/// What people ask of the coordinator. Each is answered with <see cref="RunAnswers.Accepted"/> or
/// <see cref="RunAnswers.Refused"/>, and each may be sent again without harm.
/// </summary>
public static class RunCommands
{
    /// <param name="SubmissionKey">Chosen by the sender; the same key again is answered with the same
    /// run.</param>
    /// <param name="GivenVersions">The earlier versions that the spec names, as the registry knows
    /// them.</param>
    public sealed record Submit(
        string SubmissionKey, RunSpec Spec, ImmutableArray<GivenVersion> GivenVersions) : RunCommand
    {
        /// <summary>Runs of a higher one get slots first; see <see cref="RunPriority"/>.</summary>
        public int Priority { get; init; }
    }

    /// <summary>
    /// Stops the jobs after a checkpoint. Answered at once; the run stands still when no job of it is active any
    /// more.
    /// </summary>
    public sealed record Pause(RunId Run) : RunCommand;

    /// <summary>
    /// Goes on with a halted run, or tries the jobs of an ended one that have no result again.
    /// </summary>
    public sealed record Resume(RunId Run) : RunCommand;

    public sealed record Cancel(RunId Run) : RunCommand;

    /// <summary>Gives the run's waiting jobs another place in the queue; running ones stay where they are.</summary>
    public sealed record Prioritise(RunId Run, int Priority) : RunCommand;

    /// <summary>Something that is to happen to one job; see <see cref="JobAction"/>.</summary>
    public sealed record OfJob(RunId Run, string Job, JobAction Action) : RunCommand;
}

/// <summary>Questions to the coordinator.</summary>
public static class RunQueries
{
    /// <summary>Answered with <see cref="RunAnswers.Found"/> or <see cref="RunAnswers.Refused"/>.</summary>
    /// <param name="FirstJob">The first that is wanted, from 0 in the plan's order.</param>
    public sealed record GetRun(RunId Run, int FirstJob = 0) : IWireMessage;

    /// <summary>Answered with <see cref="RunAnswers.Listed"/>, the newest first.</summary>
    public sealed record GetRuns(int CountMax) : IWireMessage;

    /// <summary>Answered with <see cref="RunAnswers.Nodes"/>.</summary>
    public sealed record GetNodes : IWireMessage;

    /// <summary>Answered with <see cref="RunAnswers.Explained"/> or <see cref="RunAnswers.Refused"/>.</summary>
    public sealed record Explain(RunId Run, string Job) : IWireMessage;

    /// <summary>Answered with <see cref="RunAnswers.Status"/>.</summary>
    public sealed record GetStatus : IWireMessage;

    /// <summary>Answered with <see cref="RunAnswers.Commands"/>, the newest first, of the last day.</summary>
    public sealed record GetCommands(int CountMax) : IWireMessage;
}

/// <summary>What the coordinator answers.</summary>
public static class RunAnswers
{
    public sealed record Accepted(RunId Run) : IWireMessage;

    /// <param name="Run">Null if the question named none.</param>
    /// <param name="Code">For programs: one of <see cref="Refusals"/>.</param>
    public sealed record Refused(RunId? Run, string Code, string Text) : IWireMessage;

    /// <summary>More jobs than <see cref="JobsMax"/> do not fit into one message: further ones are asked for.</summary>
    /// <param name="Run">With those of its jobs that were asked for.</param>
    /// <param name="JobCount">All jobs of the run.</param>
    /// <param name="IsStill">No job of the run holds a slot.</param>
    public sealed record Found(RunSummary Run, int JobCount, bool IsStill) : IWireMessage
    {
        /// <summary>A job with its files and metrics takes up to 1.5 KB.</summary>
        public const int JobsMax = 30;
    }

    public sealed record Listed(ImmutableArray<RunLine> Runs) : IWireMessage;

    /// <param name="Fence">The coordinator's fencing number.</param>
    public sealed record Nodes(long Fence, ImmutableArray<NodeLine> Members) : IWireMessage;

    public sealed record Explained(JobExplanation Job) : IWireMessage;

    public sealed record Status(CoordinatorStatus Coordinator) : IWireMessage;

    public sealed record Commands(ImmutableArray<RunEvents.CommandTaken> Taken) : IWireMessage;
}

/// <summary>Why commands are refused, for programs.</summary>
public static class Refusals
{
    public const string InvalidSpec = "invalid_spec";
    public const string UnknownRun = "unknown_run";
    public const string UnknownJob = "unknown_job";
    public const string AlreadyEnded = "already_ended";

    /// <summary>The command does not fit the state of the run or job.</summary>
    public const string WrongState = "wrong_state";

    /// <summary>A value is out of its range.</summary>
    public const string OutOfRange = "out_of_range";

    public const string InvalidCommandId = "invalid_command_id";

    /// <summary>The asker used the id for another command before.</summary>
    public const string CommandIdReused = "command_id_reused";

    /// <summary>There are as many runs, or jobs, as there may be; it fits later.</summary>
    public const string ClusterFull = "cluster_full";

    /// <summary>The run has more jobs, or takes more bytes, than one may.</summary>
    public const string RunTooLarge = "run_too_large";
}

/// <summary>A node in a list.</summary>
/// <param name="Busy">Slots that hold a job.</param>
public sealed record NodeLine(string Node, int Slots, int Busy)
{
    /// <summary>What it computes with beside its processors, <c>cuda:0</c> …</summary>
    public ImmutableArray<string> Devices
    {
        get => field.IsDefault ? [] : field;
        init;
    }
}

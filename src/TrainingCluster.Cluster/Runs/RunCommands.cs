using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What people ask of the coordinator. Each may be sent again without harm.</summary>
public static class RunCommands
{
    /// <summary>
    /// Answered with <see cref="RunAnswers.Accepted"/> or <see cref="RunAnswers.Refused"/>.
    /// </summary>
    /// <param name="SubmissionKey">Chosen by the sender; the same key again is answered with the same
    /// run.</param>
    /// <param name="GivenVersions">The earlier versions that the spec names, as the registry knows
    /// them.</param>
    public sealed record Submit(
        string SubmissionKey, RunSpec Spec, ImmutableArray<GivenVersion> GivenVersions) : IWireMessage;

    /// <summary>
    /// Stops the jobs after a checkpoint. Answered at once with <see cref="RunAnswers.Accepted"/>; the run
    /// stands still when no job of it is active any more.
    /// </summary>
    public sealed record Pause(RunId Run) : IWireMessage;

    /// <summary>
    /// Goes on with a halted run, or tries the jobs of an ended one that have no result again.
    /// </summary>
    public sealed record Resume(RunId Run) : IWireMessage;

    public sealed record Cancel(RunId Run) : IWireMessage;
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
}

/// <summary>What the coordinator answers.</summary>
public static class RunAnswers
{
    public sealed record Accepted(RunId Run) : IWireMessage;

    /// <param name="Run">Null if the question named none.</param>
    /// <param name="Code">For programs: <c>invalid_spec</c>, <c>unknown_run</c>,
    /// <c>already_ended</c>.</param>
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
    /// <param name="Coordinator">The node that it acts on.</param>
    public sealed record Nodes(long Fence, ImmutableArray<NodeLine> Members, string Coordinator) : IWireMessage;
}

/// <summary>A node in a list.</summary>
/// <param name="Busy">Slots that hold a job.</param>
public sealed record NodeLine(string Node, int Slots, int Busy);

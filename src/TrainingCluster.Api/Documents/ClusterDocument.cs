using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Documents;

/// <summary>The cluster at a glance.</summary>
/// <param name="Version">Of the program that answers.</param>
/// <param name="Registry">Null while there is none.</param>
public sealed record ClusterDocument(
    string Version,
    CoordinatorDocument? Coordinator,
    RegistryDocument? Registry,
    IReadOnlyList<NodeDocument> Nodes)
{
    public int SchemaVersion { get; init; } = 1;
}

/// <summary>The coordinator.</summary>
/// <param name="Node">The node that holds it.</param>
/// <param name="Epoch">Its fencing number; each take-over raises it.</param>
/// <param name="AnswerSeconds">How long its answer took just now, there and back through the store.</param>
public sealed record CoordinatorDocument(
    string Node,
    long Epoch,
    DateTimeOffset? ActiveSince,
    double AnswerSeconds,
    int Runs,
    int RunsOpen,
    int JobsReady,
    int JobsBlocked,
    int JobsActive,
    int JobsPaused,
    int Slots,
    int SlotsBusy)
{
    public static CoordinatorDocument Of(CoordinatorStatus status, TimeSpan answer) => new(
        status.Node,
        status.Fence,
        status.ActiveSince,
        answer.TotalSeconds,
        status.Runs,
        status.RunsOpen,
        status.JobsReady,
        status.JobsBlocked,
        status.JobsActive,
        status.JobsPaused,
        status.Slots,
        status.SlotsBusy);
}

/// <summary>The registry.</summary>
/// <param name="Node">The node that holds it.</param>
/// <param name="Events">That it was made from.</param>
public sealed record RegistryDocument(string Node, long Events, int Versions, double AnswerSeconds);

/// <summary>A member of the cluster.</summary>
/// <param name="Slots">Null where it offers none.</param>
public sealed record NodeDocument(
    string Node, string Status, bool Unreachable, IReadOnlyList<string> Roles, int? Slots, int? Busy)
{
    public static IReadOnlyList<NodeDocument> Of(
        IReadOnlyList<MemberLine> members, IReadOnlyList<NodeLine> offers)
    {
        var slots = offers.ToDictionary(offer => offer.Node, StringComparer.Ordinal);
        return
        [
            .. members.Select(member => new NodeDocument(
                member.Node,
                member.Status,
                member.IsUnreachable,
                member.Roles,
                slots.GetValueOrDefault(member.Node)?.Slots,
                slots.GetValueOrDefault(member.Node)?.Busy)),
        ];
    }
}

/// <summary>Why a job is where it is.</summary>
public sealed record ExplanationDocument(
    string RunId,
    string Job,
    string Status,
    string? Reason,
    int Attempts,
    int Failures,
    int RetryBudget,
    int Preemptions,
    string? Node,
    IReadOnlyList<string> Why)
{
    public static ExplanationDocument Of(JobExplanation job) => new(
        job.Run.Text, job.Job, job.Status.Text(), job.Reason, job.Attempt, job.Failures, job.RetryBudget,
        job.Preemptions, job.Node, job.Why);
}

/// <summary>Who did what, and when.</summary>
public sealed record CommandDocument(
    DateTimeOffset At, string By, string Verb, string RunId, string? Job, string CommandId)
{
    public static CommandDocument Of(RunEvents.CommandTaken taken) =>
        new(taken.At, taken.By, taken.Verb, taken.Run.Text, taken.Job, taken.Id);
}

/// <summary>The answer to a command.</summary>
public sealed record AcceptedDocument(string RunId, string? Job);

/// <summary>Lines of a log that are about one job, the oldest first.</summary>
public sealed record LogDocument(string RunId, string Job, IReadOnlyList<string> Lines);

using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Runs;

/// <summary>One job of a run, as the events left it.</summary>
public sealed record JobState
{
    public required PlannedJob Plan { get; init; }

    public string Id => Plan.Id;

    public JobStatus Status { get; init; }

    /// <summary>One of <see cref="Reasons"/>; null where the status needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Times it was given to a node; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that failed by themselves: these use up the budget, interruptions do not.</summary>
    public int Failures { get; init; }

    /// <summary>One line a failed attempt: when, where and why.</summary>
    public ImmutableArray<string> FailureNotes { get; init; } = [];

    /// <summary>Times it was put back through no fault of its own: paused, its node lost or drained.</summary>
    public int Preemptions { get; init; }

    /// <summary>Somebody paused this job: it is not given to a node, and stops where it is.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Somebody took it out; see <see cref="RunEvents.JobQuarantined"/>.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>The node that holds it while it is active.</summary>
    public string? Node { get; init; }

    /// <summary>What the learner does differently after numerical faults; outlives attempts.</summary>
    public RecoveryPlan Recovery { get; init; } = RecoveryPlan.None;

    /// <summary>Inputs it goes on without.</summary>
    public ImmutableArray<string> MissingInputs { get; init; } = [];

    /// <summary>In what a result is less than was asked for; null where it is not.</summary>
    public string? Degradation => (MissingInputs.IsEmpty, Recovery.MemoryFaults) switch
    {
        (true, 0) => null,
        (true, _) => "made with smaller batches after it ran out of memory",
        (false, 0) => $"made without {string.Join(", ", MissingInputs)}",
        _ => $"made without {string.Join(", ", MissingInputs)}, and with smaller batches after it ran out of memory",
    };

    public JobResult? Result { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

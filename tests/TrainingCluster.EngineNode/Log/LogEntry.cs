using System.Diagnostics;

namespace TrainingCluster.EngineNode.Log;

/// <summary>One line of a node's log.</summary>
internal sealed record LogEntry
{
    public required string Kind { get; init; }

    /// <summary>
    /// Of the machine's one monotonic clock, in <see cref="Stopwatch"/> ticks; comparable between the
    /// processes of a machine.
    /// </summary>
    public long Ticks { get; init; } = Stopwatch.GetTimestamp();

    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The node's name; a process started in its place has the same one.</summary>
    public string Node { get; init; } = "";

    public int ProcessId { get; init; }

    /// <summary>Counts the actor systems of a process from 1.</summary>
    public int Incarnation { get; init; }

    /// <summary>The persistent actor that is meant.</summary>
    public string? Id { get; init; }

    /// <summary>Sequence number of the event that began the activation which acts.</summary>
    public long? Epoch { get; init; }

    public string? Command { get; init; }

    public long? Sequence { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<SeenMember>? Members { get; init; }
}

/// <summary>A member of the cluster as one node sees it.</summary>
internal sealed record SeenMember(string Address, int Uid, string Status, bool IsReachable);

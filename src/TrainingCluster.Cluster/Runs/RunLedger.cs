namespace TrainingCluster.Cluster.Runs;

/// <summary>All that the coordinator knows for certain: a fold over its journal.</summary>
public sealed record RunLedger
{
    public static RunLedger Empty { get; } = new();

    /// <summary>
    /// The sequence number of the newest <see cref="RunEvents.Activated"/>; 0 before the first. Results are
    /// accepted under this number only, so that correctness does not lean on any engine's idea of who is
    /// alive.
    /// </summary>
    public long Fence { get; init; }

    /// <summary>The process of the newest activation.</summary>
    public string? Incarnation { get; init; }

    /// <summary>By id, and so by the time of submission.</summary>
    public ImmutableSortedDictionary<RunId, RunState> Runs { get; init; } =
        ImmutableSortedDictionary<RunId, RunState>.Empty;

    public DateTimeOffset? ActiveSince { get; init; }

    public CommandLog Commands { get; init; } = CommandLog.Empty;

    /// <summary>Jobs that hold a slot on a node.</summary>
    public IEnumerable<(RunState Run, JobState Job)> ActiveJobs =>
        from run in Runs.Values
        from job in run.Jobs
        where job.Status.IsActive()
        select (run, job);

    public RunState? Find(RunId run) => Runs.GetValueOrDefault(run);

    /// <param name="sequenceNumber">Of the event in the journal.</param>
    public RunLedger Apply(IRunEvent happened, long sequenceNumber) => happened switch
    {
        RunEvents.Activated activated => this with
        {
            Fence = sequenceNumber,
            Incarnation = activated.Incarnation,
            ActiveSince = activated.At,
        },
        RunEvents.CommandTaken taken => this with { Commands = Commands.Add(taken) },
        RunEvents.Submitted submitted => this with { Runs = Runs.Add(submitted.Run, RunState.Of(submitted)) },
        IEventOfRun ofRun => this with { Runs = Runs.SetItem(ofRun.Run, Runs[ofRun.Run].Apply(ofRun)) },
        _ => throw new ArgumentException($"the ledger knows no event of type {happened.GetType().Name}"),
    };
}

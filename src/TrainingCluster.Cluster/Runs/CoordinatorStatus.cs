namespace TrainingCluster.Cluster.Runs;

/// <summary>What the coordinator says of itself.</summary>
/// <param name="Node">The node that holds it.</param>
/// <param name="Fence">Its fencing number, and so its epoch.</param>
/// <param name="JobsReady">Queued jobs that lack nothing but a slot.</param>
/// <param name="JobsBlocked">Queued jobs that wait for inputs, or for their run to go on.</param>
public sealed record CoordinatorStatus(
    string Node,
    long Fence,
    DateTimeOffset? ActiveSince,
    int RunsOpen,
    int Runs,
    int JobsReady,
    int JobsBlocked,
    int JobsActive,
    int JobsPaused,
    ImmutableArray<NodeLine> Nodes)
{
    public int Slots => Nodes.Sum(node => node.Slots);

    public int SlotsBusy => Nodes.Sum(node => node.Busy);

    public static CoordinatorStatus Of(string node, RunLedger ledger, ImmutableArray<NodeLine> nodes)
    {
        var open = ledger.Runs.Values.Where(run => !run.Status.HasEnded()).ToArray();
        var ready = open.Sum(run => run.ReadyJobs.Count());
        int Count(Func<JobState, bool> which) => open.Sum(run => run.Jobs.Count(which));
        return new CoordinatorStatus(
            node,
            ledger.Fence,
            ledger.ActiveSince,
            open.Length,
            ledger.Runs.Count,
            ready,
            Count(job => job.Status == JobStatus.Queued) - ready,
            ledger.ActiveJobs.Count(),
            Count(job => job.Status == JobStatus.Paused),
            nodes);
    }
}

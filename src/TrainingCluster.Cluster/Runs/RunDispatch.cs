namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// Which jobs get the free slots: the oldest run first, and inside a run the job with the longest way to the
/// end behind it, so that no slot stands idle later because one chain of stages was left over.
/// </summary>
public static class RunDispatch
{
    /// <param name="nodes">In any order; the emptiest node is filled first, ties by name.</param>
    public static ImmutableArray<IRunEvent> Assign(
        RunLedger ledger, IReadOnlyCollection<NodeOffer> nodes, DateTimeOffset now)
    {
        var busy = ledger.ActiveJobs
            .GroupBy(active => active.Job.Node!)
            .ToDictionary(group => group.Key, group => group.Count());
        var free = nodes.ToDictionary(node => node.Node, node => node.Slots - busy.GetValueOrDefault(node.Node));
        var events = ImmutableArray.CreateBuilder<IRunEvent>();
        foreach (var (run, job) in Ready(ledger))
        {
            var node = free
                .Where(slot => slot.Value > 0)
                .OrderByDescending(slot => slot.Value)
                .ThenBy(slot => slot.Key, StringComparer.Ordinal)
                .Select(slot => slot.Key)
                .FirstOrDefault();
            if (node is null)
            {
                break;
            }

            free[node]--;
            events.Add(new RunEvents.JobAssigned(run.Id, job.Id, job.Attempt + 1, node, ledger.Fence, now));
        }

        return events.ToImmutable();
    }

    private static IEnumerable<(RunState Run, JobState Job)> Ready(RunLedger ledger) =>
        from run in ledger.Runs.Values
        where !run.Status.HasEnded() && !run.Status.IsHalted()
        from job in run.Jobs.Where(run.IsReady).OrderByDescending(job => StepsToEnd(run, job.Id))
        select (run, job);

    // The plan has no cycles: a job only depends on earlier ones.
    private static int StepsToEnd(RunState run, string job) => run.Jobs
        .Where(other => other.Plan.DependsOn.Contains(job))
        .Select(other => 1 + StepsToEnd(run, other.Id))
        .DefaultIfEmpty(0)
        .Max();
}

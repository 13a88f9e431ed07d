namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// Which jobs get the free slots. Between runs: the highest priority first, and among equals the run that holds the
/// fewest slots, the oldest first if they hold as many; so each gets its equal share, and what one leaves others take.
/// Inside a run: the job with the longest way to the end behind it, so that no slot stands idle later because one chain
/// of stages was left over. A running job is never stopped for another.
/// </summary>
public static class RunDispatch
{
    /// <param name="nodes">In any order; the emptiest node is filled first, ties by name.</param>
    public static ImmutableArray<IRunEvent> Assign(
        RunLedger ledger, IReadOnlyCollection<NodeOffer> nodes, DateTimeOffset now)
    {
        var busy = new Dictionary<string, int>(StringComparer.Ordinal);
        var held = new Dictionary<RunId, int>();
        foreach (var (run, job) in ledger.ActiveJobs)
        {
            busy[job.Node!] = busy.GetValueOrDefault(job.Node!) + 1;
            held[run.Id] = held.GetValueOrDefault(run.Id) + 1;
        }

        var free = new SortedSet<(int NegativeFree, string Node)>(nodes
            .Select(node => (NegativeFree: busy.GetValueOrDefault(node.Node) - node.Slots, node.Node))
            .Where(node => node.NegativeFree < 0));
        if (free.Count == 0)
        {
            return [];
        }

        var queue = new PriorityQueue<(RunState Run, Queue<JobState> Jobs), Turn>(
            from run in ledger.Runs.Values
            let jobs = new Queue<JobState>(run.ReadyJobs)
            where jobs.Count > 0
            select ((run, jobs), new Turn(-run.Priority, held.GetValueOrDefault(run.Id), run.Id)));
        var events = ImmutableArray.CreateBuilder<IRunEvent>();
        while (free.Count > 0 && queue.TryDequeue(out var next, out var turn))
        {
            var node = free.Min;
            free.Remove(node);
            if (node.NegativeFree + 1 < 0)
            {
                free.Add(node with { NegativeFree = node.NegativeFree + 1 });
            }

            var job = next.Jobs.Dequeue();
            events.Add(new RunEvents.JobAssigned(
                next.Run.Id, job.Id, job.Attempt + 1, node.Node, ledger.Fence, now));
            if (next.Jobs.Count > 0)
            {
                queue.Enqueue(next, turn with { Slots = turn.Slots + 1 });
            }
        }

        return events.ToImmutable();
    }

    /// <summary>A run's place in the queue for the next free slot; the least comes first.</summary>
    private readonly record struct Turn(int NegativePriority, int Slots, RunId Run) : IComparable<Turn>
    {
        public int CompareTo(Turn other) =>
            NegativePriority != other.NegativePriority ? NegativePriority.CompareTo(other.NegativePriority)
            : Slots != other.Slots ? Slots.CompareTo(other.Slots)
            : Run.CompareTo(other.Run);
    }
}

namespace TrainingCluster.Cluster.Runs;

/// <summary>Why a job is where it is, in words.</summary>
/// <param name="Why">Each a sentence of its own, the decisive one first.</param>
public sealed record JobExplanation(
    RunId Run,
    string Job,
    JobStatus Status,
    string? Reason,
    int Attempt,
    int Failures,
    int RetryBudget,
    int Preemptions,
    string? Node,
    ImmutableArray<string> Why)
{
    public static JobExplanation Of(RunLedger ledger, RunState run, JobState job, IReadOnlyCollection<NodeLine> nodes)
        => new(
            run.Id,
            job.Id,
            job.Status,
            job.Reason,
            job.Attempt,
            job.Failures,
            run.RetryBudget,
            job.Preemptions,
            job.Node,
            [.. WhyOf(ledger, run, job, nodes)]);

    private static IEnumerable<string> WhyOf(
        RunLedger ledger, RunState run, JobState job, IReadOnlyCollection<NodeLine> nodes)
    {
        var because = job.Reason is null ? "" : $", reason {job.Reason}{(job.Detail is null ? "" : $": {job.Detail}")}";
        if (job.Status.IsActive())
        {
            yield return $"it runs on {job.Node}, attempt {job.Attempt}{because}";
            if (job.IsHeld || run.Status.IsHalted())
            {
                yield return "it was told to stop and is on its way to a checkpoint";
            }
        }
        else if (job.Status.HasEnded())
        {
            yield return $"it has ended, {job.Status.Text()}{because}";
        }
        else
        {
            foreach (var why in WaitsFor(ledger, run, job, nodes))
            {
                yield return why;
            }
        }
    }

    private static IEnumerable<string> WaitsFor(
        RunLedger ledger, RunState run, JobState job, IReadOnlyCollection<NodeLine> nodes)
    {
        if (run.Status.IsHalted())
        {
            yield return $"its run is {run.Status.Text()} ({run.Reason}); `trainctl runs resume {run.Id}` goes on";
        }

        if (job.IsHeld)
        {
            yield return "somebody paused this job; `trainctl jobs resume` lets it go on";
        }

        var inputs = job.Plan.DependsOn.Where(input =>
            !run.Job(input).Status.HasResult() && !job.MissingInputs.Contains(input)).ToArray();
        if (inputs.Length > 0)
        {
            yield return "it waits for the results of "
                + string.Join(", ", inputs.Select(input => $"{input} ({run.Job(input).Status.Text()})"));
        }

        if (!run.IsReady(job))
        {
            yield break;
        }

        var (slots, busy) = (nodes.Sum(node => node.Slots), nodes.Sum(node => node.Busy));
        yield return nodes.Count == 0 ? "it is ready and no node offers slots"
            : $"it is ready and waits for a slot: {busy} of {slots} on {nodes.Count} nodes are busy";
        var before = ledger.Runs.Values.Where(other => other.Id != run.Id && other.Priority > run.Priority
            && other.ReadyJobs.Any()).ToArray();
        if (before.Length > 0)
        {
            yield return $"runs of a higher priority than {run.Priority} go first: "
                + string.Join(", ", before.Take(5).Select(other => $"{other.Id} ({other.Priority})"));
        }
    }
}

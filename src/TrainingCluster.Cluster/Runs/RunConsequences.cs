namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// What follows from the state of a run by itself: dependants of a failed job are cancelled, an ensemble goes
/// on with the members that are left, and a run ends with its last job.
/// </summary>
public static class RunConsequences
{
    /// <summary>The decision with everything that follows from it, in order.</summary>
    public static RunDecision Close(RunLedger ledger, RunDecision decision, DateTimeOffset now)
    {
        var events = decision.Events.ToBuilder();
        foreach (var happened in decision.Events)
        {
            ledger = ledger.Apply(happened, sequenceNumber: 0);
        }

        foreach (var id in decision.Events.OfType<IEventOfRun>().Select(happened => happened.Run).Distinct())
        {
            while (Next(ledger.Runs[id], now) is { } follows)
            {
                events.Add(follows);
                ledger = ledger.Apply(follows, sequenceNumber: 0);
            }
        }

        return decision with { Events = events.ToImmutable() };
    }

    private static IEventOfRun? Next(RunState run, DateTimeOffset now)
    {
        if (run.Status.HasEnded())
        {
            return null;
        }

        foreach (var job in run.Jobs.Where(job => job.Status.IsWaiting()))
        {
            var lost = job.Plan.DependsOn
                .Where(input => run.Job(input).Status is JobStatus.Failed or JobStatus.Cancelled)
                .ToImmutableArray();
            if (lost.IsEmpty || job.MissingInputs.SequenceEqual(lost))
            {
                continue;
            }

            if (!job.Plan.MakesDoWithFewerInputs || lost.Length == job.Plan.DependsOn.Length)
            {
                return new RunEvents.JobCancelled(run.Id, job.Id, Reasons.DependencyFailed,
                    $"there is no result of {string.Join(", ", lost)}", now);
            }

            // Which inputs are missing is settled once all have ended, or the last to fail would change it
            // again.
            if (job.Plan.DependsOn.All(input => run.Job(input).Status.HasEnded()))
            {
                return new RunEvents.JobInputsMissing(run.Id, job.Id, lost, now);
            }
        }

        return run.Jobs.All(job => job.Status.HasEnded()) ? End(run, now) : null;
    }

    private static RunEvents.Ended End(RunState run, DateTimeOffset now)
    {
        var without = run.Jobs.Where(job => !job.Status.HasResult()).ToArray();
        var inputs = run.Jobs.SelectMany(job => job.Plan.DependsOn).ToHashSet(StringComparer.Ordinal);
        var ends = run.Jobs.Where(job => !inputs.Contains(job.Id));
        var status = run.Jobs.All(job => job.Status == JobStatus.Succeeded) ? RunStatus.Succeeded
            : ends.Any(job => job.Status.HasResult()) ? RunStatus.Degraded
            : RunStatus.Failed;
        return status == RunStatus.Succeeded
            ? new RunEvents.Ended(run.Id, status, null, null, now)
            : new RunEvents.Ended(run.Id, status, Reasons.JobsFailed,
                string.Join("; ", without.Select(job => $"{job.Id} {job.Status.Text()}: {job.Reason}")), now);
    }
}

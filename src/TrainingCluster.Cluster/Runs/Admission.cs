using TrainingCluster.Cluster.Serialization;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What the coordinator lets in: bounds on runs, jobs and bytes that have not ended.</summary>
public static class Admission
{
    /// <summary>The refusal, or null if the run fits.</summary>
    public static RunAnswers.Refused? Check(
        RunLedger ledger, RunEvents.Submitted submitted, CoordinatorLimits limits)
    {
        var jobs = submitted.Jobs.Length;
        if (jobs > limits.JobsPerRunMax)
        {
            return TooLarge($"the run has {jobs} jobs; one may have {limits.JobsPerRunMax}. Split its strategies over "
                + "several runs, or raise training.coordinator.jobs-per-run-max");
        }

        var bytes = WireContracts.Write(submitted).Length;
        if (bytes > WireContracts.MessageBytesMax)
        {
            return TooLarge($"the run's specification takes {bytes} bytes; it may take "
                + $"{WireContracts.MessageBytesMax}. Split its strategies over several runs");
        }

        var open = ledger.Runs.Values.Where(run => !run.Status.HasEnded()).ToArray();
        if (open.Length >= limits.RunsMax)
        {
            return Full($"there are {open.Length} runs that have not ended; {limits.RunsMax} may be "
                + "(training.coordinator.runs-max). Wait for one to end or cancel one");
        }

        var waiting = open.Sum(run => run.Jobs.Count(job => !job.Status.HasEnded()));
        return waiting + jobs > limits.JobsMax
            ? Full($"there are {waiting} jobs that have not ended and the run brings {jobs}; {limits.JobsMax} may be "
                + "(training.coordinator.jobs-max). Wait for some to end")
            : null;
    }

    private static RunAnswers.Refused TooLarge(string text) => new(null, Refusals.RunTooLarge, text);

    private static RunAnswers.Refused Full(string text) => new(null, Refusals.ClusterFull, text);
}

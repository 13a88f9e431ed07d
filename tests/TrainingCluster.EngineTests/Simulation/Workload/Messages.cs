namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>To the ledger: take a job on; may come any number of times.</summary>
internal sealed record Submit(string Job);

/// <summary>The job is in the journal and will be done.</summary>
internal sealed record Accepted(string Job, long Instance);

/// <summary>To the ledger: how far is it?</summary>
internal sealed record AskProgress(string Job);

internal sealed record Progress(string Job, bool IsDone, long Instance);

/// <summary>To a worker: do the job; may come any number of times.</summary>
internal sealed record Run(string Job);

internal sealed record Ran(string Job, long Instance);

/// <summary>The number counts from 1 for each pair of incarnations.</summary>
internal sealed record Note(int FromUid, int ToUid, long Number);

/// <summary>To everybody who has subscribed.</summary>
internal sealed record Tidings(long Number);

/// <summary>The ledger's and the workers' events.</summary>
internal sealed record JobAccepted(string Job);

internal sealed record JobCompleted(string Job);

internal sealed record JobRun(string Job);

/// <summary>Of a ledger's or a worker's set of jobs.</summary>
internal sealed record JobsSnapshot(string Jobs);

/// <summary>The events as checkers name them.</summary>
internal static class JobText
{
    public static string Accepted(string job) => $"{nameof(JobAccepted)} {job}";

    public static string Completed(string job) => $"{nameof(JobCompleted)} {job}";

    public static string Run(string job) => $"{nameof(JobRun)} {job}";
}

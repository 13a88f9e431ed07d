using System.Text.Json.Serialization;

namespace TrainingCluster.Cluster.Runs;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Accepted; no job has started.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    [JsonStringEnumMemberName("running")] Running,

    /// <summary>Stopped on request; goes on when resumed.</summary>
    [JsonStringEnumMemberName("paused")] Paused,

    /// <summary>Its process ended under it; goes on when resumed.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,

    /// <summary>Every job succeeded.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>It has a result, but not from all the jobs it asked for.</summary>
    [JsonStringEnumMemberName("degraded")] Degraded,

    /// <summary>None of the jobs at the end of its graph has a result.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Waits for its inputs or for a slot.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    [JsonStringEnumMemberName("running")] Running,

    /// <summary>Runs again from its last finite checkpoint, after a numerical fault.</summary>
    [JsonStringEnumMemberName("recovering")] Recovering,

    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>It has a version, made without some of its inputs.</summary>
    [JsonStringEnumMemberName("degraded")] Degraded,

    [JsonStringEnumMemberName("failed")] Failed,

    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>Waits until somebody resumes it.</summary>
    [JsonStringEnumMemberName("paused")] Paused,
}

/// <summary>What statuses mean.</summary>
public static class Statuses
{
    /// <summary>Nothing more happens to the run by itself.</summary>
    public static bool HasEnded(this RunStatus status) => status
        is RunStatus.Succeeded or RunStatus.Degraded or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>It stands still until somebody resumes it.</summary>
    public static bool IsHalted(this RunStatus status) => status is RunStatus.Paused or RunStatus.Interrupted;

    public static bool HasEnded(this JobStatus status) => status
        is JobStatus.Succeeded or JobStatus.Degraded or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>It holds no slot and has no outcome yet.</summary>
    public static bool IsWaiting(this JobStatus status) => status is JobStatus.Queued or JobStatus.Paused;

    /// <summary>It holds a slot.</summary>
    public static bool IsActive(this JobStatus status) => status is JobStatus.Running or JobStatus.Recovering;

    /// <summary>It has registered a version.</summary>
    public static bool HasResult(this JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Degraded;

    /// <summary>The word for people and programs, as in JSON.</summary>
    public static string Text(this RunStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The word for people and programs, as in JSON.</summary>
    public static string Text(this JobStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>The machine-readable reasons why runs and jobs are where they are.</summary>
public static class Reasons
{
    public const string Timeout = "timeout";

    /// <summary>A loss or gradient was not finite more often than the recovery allows.</summary>
    public const string NumericalInstability = "numerical_instability";

    /// <summary>A job that this one needs has no result.</summary>
    public const string DependencyFailed = "dependency_failed";

    /// <summary>Some, not all, of the inputs have no result.</summary>
    public const string InputsMissing = "inputs_missing";

    /// <summary>The job's own code or data refused to go on.</summary>
    public const string WorkerError = "worker_error";

    public const string OutOfMemory = "out_of_memory";

    public const string ArtifactCorrupt = "artifact_corrupt";

    public const string ArtifactMissing = "artifact_missing";

    public const string InsufficientData = "insufficient_data";

    public const string StorageFailed = "storage_failed";

    /// <summary>The worker's process ended without a word.</summary>
    public const string WorkerCrashed = "worker_crashed";

    /// <summary>A worker was told to stop and did not, or showed no sign of life.</summary>
    public const string WorkerHung = "worker_hung";

    /// <summary>No node, or no registry, answered for longer than allowed.</summary>
    public const string NoAnswer = "no_answer";

    public const string RegistrationRefused = "registration_refused";

    public const string NodeLost = "node_lost";

    /// <summary>Somebody asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>The process that ran it ended without a word.</summary>
    public const string ProcessEnded = "process_ended";

    /// <summary>Somebody took the job out by hand.</summary>
    public const string Quarantined = "quarantined";

    public const string JobsFailed = "jobs_failed";
}

using System.Text.Json.Serialization;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What may be asked for one job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobAction>))]
public enum JobAction
{
    /// <summary>Stop it after a checkpoint and leave it until it is resumed.</summary>
    [JsonStringEnumMemberName("pause")] Pause,

    [JsonStringEnumMemberName("resume")] Resume,

    /// <summary>End it; what needs its result is cancelled too, an ensemble goes on without it.</summary>
    [JsonStringEnumMemberName("cancel")] Cancel,

    /// <summary>Try a failed or cancelled job again with a whole budget, and what ended because of it.</summary>
    [JsonStringEnumMemberName("retry")] Retry,

    /// <summary>Take it out until somebody retries this very job.</summary>
    [JsonStringEnumMemberName("quarantine")] Quarantine,
}

/// <summary>The bounds of a run's priority. Every run with a ready job and a higher one goes first.</summary>
public static class RunPriority
{
    public const int Least = -100;

    public const int Normal = 0;

    public const int Most = 100;

    public static bool IsAllowed(int priority) => priority is >= Least and <= Most;
}

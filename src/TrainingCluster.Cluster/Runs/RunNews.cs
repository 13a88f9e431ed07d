using System.Text.Json.Serialization;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// What goes out on the topic of news: <see cref="RunChanged"/>, <see cref="JobChanged"/>,
/// <see cref="JobAdvanced"/>. Only news: whoever misses some finds the state in the journals.
/// </summary>
public abstract record RunNews(RunId Run) : IWireMessage
{
    /// <summary>The topic on which all news goes out.</summary>
    public const string Topic = "training-news";
}

/// <summary>The run stands elsewhere than before.</summary>
public sealed record RunChanged(RunId Run, RunStatus Status, string? Reason, string? Detail) : RunNews(Run);

/// <summary>A job stands elsewhere than before.</summary>
/// <param name="Version">The registered version once there is one.</param>
public sealed record JobChanged(
    RunId Run,
    string Job,
    JobStatus Status,
    int Attempt,
    string? Node,
    string? Reason,
    string? Detail,
    string? Version) : RunNews(Run);

/// <summary>
/// A worker got on; sent at most as often as <c>training.worker.progress-interval</c> says.
/// </summary>
/// <param name="Attempt">The one that works.</param>
public sealed record JobAdvanced(RunId Run, JobProgress Progress, int Attempt) : RunNews(Run)
{
    [JsonIgnore]
    public string Job => Progress.JobId;
}

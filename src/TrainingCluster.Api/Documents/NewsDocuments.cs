using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Documents;

/// <summary>The run stands elsewhere than before.</summary>
public sealed record RunNewsDocument(string RunId, string Status, string? Reason, string? Detail)
{
    public static RunNewsDocument Of(RunChanged news) =>
        new(news.Run.Text, news.Status.Text(), news.Reason, news.Detail);
}

/// <summary>A job stands elsewhere than before.</summary>
public sealed record JobNewsDocument(
    string RunId,
    string Job,
    string Status,
    int Attempt,
    string? Node,
    string? Reason,
    string? Detail,
    string? Version)
{
    public static JobNewsDocument Of(JobChanged news) => new(
        news.Run.Text, news.Job, news.Status.Text(), news.Attempt, news.Node, news.Reason, news.Detail, news.Version);
}

/// <summary>A worker got on.</summary>
public sealed record ProgressDocument(
    string RunId,
    string Job,
    int Attempt,
    string Phase,
    long Step,
    long TotalSteps,
    IReadOnlyDictionary<string, double> Values)
{
    public static ProgressDocument Of(JobAdvanced news) => new(
        news.Run.Text,
        news.Job,
        news.Attempt,
        news.Progress.Phase,
        news.Progress.Step,
        news.Progress.TotalSteps,
        news.Progress.Values.Where(value => double.IsFinite(value.Value)).ToDictionary());
}

using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Progress;

/// <summary>What the news of a run says about each of its jobs so far.</summary>
internal sealed class JobBoard(IReadOnlyList<JobLine> jobs)
{
    private readonly Dictionary<string, int> _places =
        jobs.Select((job, index) => (job.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index);

    private readonly JobLine[] _lines = [.. jobs];

    public JobBoard(RunSummary run)
        : this([.. run.Jobs.Select(job => new JobLine(
            job.Id, job.Status, null, job.Result?.Version.ToString(), job.Detail))])
    {
    }

    /// <summary>In the plan's order.</summary>
    public IReadOnlyList<JobLine> Lines => _lines;

    public JobLine? Apply(RunNews news) => news switch
    {
        JobChanged changed => Update(changed.Job, line => line with
        {
            Status = changed.Status,
            Version = changed.Version ?? line.Version,
            Detail = changed.Detail ?? changed.Reason,
            Last = changed.Status.HasEnded() ? null : line.Last,
        }),
        JobAdvanced advanced => Update(advanced.Progress.JobId, line => line with { Last = advanced.Progress }),
        _ => null,
    };

    private JobLine? Update(string job, Func<JobLine, JobLine> change) =>
        _places.TryGetValue(job, out var place) ? _lines[place] = change(_lines[place]) : null;
}

/// <summary>One job on the board.</summary>
/// <param name="Last">The newest progress; null before the first and after the end.</param>
internal sealed record JobLine(string Id, JobStatus Status, JobProgress? Last, string? Version, string? Detail)
{
    /// <summary>"fit 120/400 · loss 0.6812 · val_loss 0.6907".</summary>
    public string Describe()
    {
        if (Last is { } progress && !Status.HasEnded())
        {
            var values = progress.Values.Take(4).Select(value =>
                FormattableString.Invariant($"{value.Key} {value.Value:0.####}"));
            return string.Join(" · ", values.Prepend($"{progress.Phase} {progress.Step}/{progress.TotalSteps}"));
        }

        return Version ?? Detail ?? "";
    }
}

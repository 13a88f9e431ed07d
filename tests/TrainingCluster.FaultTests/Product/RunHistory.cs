using System.Diagnostics;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.FaultTests.Product;

/// <summary>The news of one run in the order in which one listener heard them. Safe for several threads.</summary>
internal sealed class RunHistory : IProgress<RunNews>
{
    private readonly Lock _lock = new();
    private readonly List<(long At, RunNews News)> _heard = [];

    public void Report(RunNews value)
    {
        lock (_lock)
        {
            _heard.Add((Stopwatch.GetTimestamp(), value));
        }
    }

    /// <summary>Where an attempt at a job was when it was heard of last, and at which node; null before.</summary>
    public JobPlace? PlaceOf(string job, int attempt)
    {
        lock (_lock)
        {
            var changed = Changes(job).LastOrDefault(change => change.News.Attempt == attempt && change.News.Node != null);
            if (changed.News is null)
            {
                return null;
            }

            var steps = Steps(job, attempt);
            return new JobPlace(changed.News.Node!, changed.At, steps.FirstOrDefault(), steps.LastOrDefault());
        }
    }

    /// <summary>Jobs by what was heard of them last, while it is progress within a phase.</summary>
    public IReadOnlyList<JobAdvanced> Working()
    {
        lock (_lock)
        {
            return
            [
                .. _heard.Select(heard => heard.News).OfType<JobAdvanced>()
                    .GroupBy(news => news.Job)
                    .Select(news => news.Last())
                    .Where(news => !Changes(news.Job).Any(change => change.News.Status.HasEnded())),
            ];
        }
    }

    public IReadOnlyList<string> Text()
    {
        lock (_lock)
        {
            return [.. _heard.Where(heard => heard.News is not JobAdvanced).Select(heard => heard.News.ToString())];
        }
    }

    private IEnumerable<(long At, JobChanged News)> Changes(string job) =>
        from heard in _heard
        let change = heard.News as JobChanged
        where change is not null && change.Job == job
        select (heard.At, change);

    private List<(string Phase, long Step)> Steps(string job, int attempt) =>
    [
        .. _heard.Select(heard => heard.News).OfType<JobAdvanced>()
            .Where(news => news.Job == job && news.Attempt == attempt)
            .Select(news => (news.Progress.Phase, news.Progress.Step)),
    ];
}

/// <summary>One attempt at a job as a listener knows it.</summary>
/// <param name="At">When it was heard that it runs there.</param>
/// <param name="First">Phase and step of its first progress; nothing where there was none.</param>
/// <param name="Last">Of its last.</param>
internal sealed record JobPlace(string Node, long At, (string? Phase, long Step) First, (string? Phase, long Step) Last);

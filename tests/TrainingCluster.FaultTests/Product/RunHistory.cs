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

    /// <summary>Where an attempt at a job runs, or ran; null before that was heard.</summary>
    public JobPlace? PlaceOf(string job, int attempt)
    {
        lock (_lock)
        {
            var changed = Changes(job).LastOrDefault(change => change.News.Attempt == attempt && change.News.Node != null);
            if (changed.News is null)
            {
                return null;
            }

            return new JobPlace(changed.News.Node!, changed.At);
        }
    }

    /// <summary>
    /// How many steps of a phase the next attempt did again: from where it began to where this one was heard of last.
    /// </summary>
    public (long Done, long Repeated) Repetition(string job, int attempt, string phase)
    {
        lock (_lock)
        {
            var done = Steps(job, attempt, phase).Last();
            return (done, Math.Max(0, done - Steps(job, attempt + 1, phase).First()));
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

    /// <summary>Attempts that got on within a phase, and whose successors did too.</summary>
    public IReadOnlyList<(string Job, int Attempt)> MovedWithin(string phase)
    {
        lock (_lock)
        {
            return
            [
                .. _heard.Select(heard => heard.News).OfType<JobAdvanced>()
                    .Where(news => news.Progress.Phase == phase)
                    .Select(news => (news.Job, news.Attempt))
                    .Distinct()
                    .Where(attempt => Steps(attempt.Job, attempt.Attempt + 1, phase).Count > 0),
            ];
        }
    }

    public IReadOnlyList<string> Text()
    {
        lock (_lock)
        {
            return
            [
                .. _heard.Select(heard => heard.News).Where(news => news is not JobAdvanced)
                    .Select(news => news.ToString()),
                .. _heard.Select(heard => heard.News).OfType<JobAdvanced>()
                    .GroupBy(news => (news.Job, news.Attempt, news.Progress.Phase))
                    .Select(news => $"{news.Key}: {news.Count()} times, to step {news.Last().Progress.Step}"),
            ];
        }
    }

    private IEnumerable<(long At, JobChanged News)> Changes(string job) =>
        from heard in _heard
        let change = heard.News as JobChanged
        where change is not null && change.Job == job
        select (heard.At, change);

    private List<long> Steps(string job, int attempt, string phase) =>
    [
        .. _heard.Select(heard => heard.News).OfType<JobAdvanced>()
            .Where(news => news.Job == job && news.Attempt == attempt && news.Progress.Phase == phase)
            .Select(news => news.Progress.Step),
    ];
}

/// <summary>One attempt at a job as a listener knows it.</summary>
/// <param name="At">When it was heard that it runs there.</param>
internal sealed record JobPlace(string Node, long At);

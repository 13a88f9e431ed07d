using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Fakes;

/// <summary>
/// A learner without arithmetic: what it makes is a function of what a real one's would be, and what it does
/// on the way is the test's choice.
/// </summary>
internal sealed class FakeRunner(Func<JobRequest, CancellationToken, Task>? onTheWay = null) : IJobRunner
{
    private int _running;
    private int _runningMax;

    /// <summary>Each start in order.</summary>
    public ConcurrentQueue<JobRequest> Starts { get; } = new();

    public ConcurrentQueue<string> Threads { get; } = new();

    public int RunningMax => _runningMax;

    public int StartsOf(string job) => Starts.Count(start => start.Spec.Id == job);

    public JobOutput Run(JobRequest request, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        Starts.Enqueue(request);
        Threads.Enqueue(Thread.CurrentThread.Name ?? "");
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(running);
        try
        {
            progress.Report(new JobProgress(
                request.Spec.Id, "fit", 1, 2, ImmutableSortedDictionary<string, double>.Empty.Add("loss", .5)));
            onTheWay?.Invoke(request, cancellation).GetAwaiter().GetResult();
            return OutputOf(request);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public static JobOutput OutputOf(JobRequest request)
    {
        var digest = request.Spec.SpecDigest(request.Inputs).Hex;
        var files = ImmutableArray.Create(new JobFile(FileRoles.Model, Encoding.UTF8.GetBytes($"model {digest}")));
        if (request.Spec.Stage == Stage.CnnLstm)
        {
            files = files.Add(new JobFile(FileRoles.OutOfFold, Encoding.UTF8.GetBytes($"oof {digest}")));
        }

        var metrics = ImmutableSortedDictionary<string, double>.Empty
            .Add("accuracy", .6).Add("sharpe", 1.25).Add("reward_bps", 500).Add("max_drawdown", .1);
        return new JobOutput(files, metrics, Evaluation(request.Spec));
    }

    private static JobEvaluation Evaluation(JobSpec spec)
    {
        var fill = new FillOutcome([.01, -.01], new PerformanceMetrics(
            1, .05, null, null, 0, .01, 1, null, null, 1, 100, 2, null));
        return new JobEvaluation
        {
            JobId = spec.Id,
            Stage = spec.Stage,
            Strategy = spec.Strategy,
            Agent = spec.Agent,
            FirstBar = 0,
            TimesUtcMilliseconds = [1, 2],
            Positions = [1, 1],
            NextOpen = fill,
            NextClose = fill,
            Validation = fill,
            Scores = ImmutableSortedDictionary<string, double?>.Empty,
        };
    }

    private void InterlockedMax(int running)
    {
        int seen;
        while (running > (seen = _runningMax))
        {
            Interlocked.CompareExchange(ref _runningMax, running, seen);
        }
    }
}

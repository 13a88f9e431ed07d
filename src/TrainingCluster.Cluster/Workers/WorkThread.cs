using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Workers.Processes;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// One attempt's own thread, from reading the bars to storing the artifacts: minutes of arithmetic have no
/// place on the threads that actors share.
/// </summary>
internal sealed class WorkThread : IDisposable
{
    private readonly WorkOrder _order;
    private readonly WorkerTools _tools;
    private readonly Action<WorkOutcome> _ended;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Thread _thread;
    private long _lastSign;

    /// <param name="ended">Called once, on the thread, as the last thing it does.</param>
    public WorkThread(WorkOrder order, WorkerTools tools, Action<WorkOutcome> ended)
    {
        _order = order;
        _tools = tools;
        _ended = ended;
        _thread = new Thread(Run, tools.Options.ThreadStackBytes)
        {
            IsBackground = true,
            Name = $"train {order.Attempt}",
        };
    }

    /// <summary>How long ago the learner was last heard of.</summary>
    public TimeSpan Silence => _tools.Clock.GetElapsedTime(Volatile.Read(ref _lastSign));

    public void Start()
    {
        _lastSign = _tools.Clock.GetTimestamp();
        _thread.Start();
    }

    /// <summary>Asks the learner to checkpoint and end at its next step; returns at once.</summary>
    public void Cancel()
    {
        // The learner's callbacks on the token are its own affair and must not run on the caller's thread.
        _ = _cancellation.CancelAsync();
    }

    public void Dispose()
    {
        if (!_thread.IsAlive)
        {
            _cancellation.Dispose();
        }
    }

    // The outermost frame of the thread: whatever is thrown here must become news or it would end the
    // process.
    private void Run()
    {
        WorkOutcome outcome;
        try
        {
            outcome = new WorkCompleted(Train());
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            outcome = new WorkCancelled();
        }
        catch (Exception cause)
        {
            outcome = new WorkFaulted(cause);
        }

        _ended(outcome);
    }

    private WorkerResult Train()
    {
        var plan = JobPlan.Of(_order);
        var checkpoints = new RunCheckpoints(_tools.Checkpoints, _order.Attempt);
        var progress = new SparseProgress(
            news => _tools.Progress(_order.Attempt, news), _tools.Clock, _tools.Options.ProgressInterval);

        var output = _tools.Children is { } children
            ? children.Run(
                _order, new ChildStores(_tools.Artifacts, checkpoints), new Signs(this, progress), _cancellation.Token)
            : RunHere(plan, checkpoints, new Signs(this, progress));

        return new WorkerResult(
            Store(output),
            output.Metrics
                .Where(metric => double.IsFinite(metric.Value))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            plan.Spec.SpecDigest(plan.Inputs),
            JobDigests.Recipe(plan.Spec),
            JobDigests.Signature(plan.Spec, output),
            JobDigests.ValidationSharpePerBar(output.Evaluation),
            JobDigests.NumericProfile(output));
    }

    private JobOutput RunHere(JobPlan plan, ICheckpointStore checkpoints, IProgress<JobProgress> progress) =>
        _tools.Runner.Run(
            new JobRequest(
                plan.Spec,
                BarPanelArtifact.Get(_tools.Artifacts, _order.Spec.Data),
                plan.Inputs,
                _tools.Artifacts,
                checkpoints,
                _order.Recovery),
            progress,
            _cancellation.Token);

    /// <summary>Each report is a sign of life, also those that nobody is told of.</summary>
    private sealed class Signs(WorkThread thread, IProgress<JobProgress> next) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            Volatile.Write(ref thread._lastSign, thread._tools.Clock.GetTimestamp());
            next.Report(value);
        }
    }

    private ImmutableArray<ArtifactFile> Store(JobOutput output)
    {
        var files = output.Files;
        if (!files.Any(file => file.Role == FileRoles.Evaluation))
        {
            files = files.Add(new JobFile(FileRoles.Evaluation, output.Evaluation.ToJson()));
        }

        return [.. files.Select(file =>
            new ArtifactFile(file.Role, _tools.Artifacts.Put(file.Content), file.Content.Length))];
    }
}

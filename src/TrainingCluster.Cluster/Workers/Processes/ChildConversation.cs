using System.Diagnostics;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>A node's side of one job in a process of its own, held by the worker's thread.</summary>
internal sealed class ChildConversation : IDisposable
{
    private const int LinesKept = 50;

    // What runtimes and the C library say when they end for want of memory.
    private static readonly ImmutableArray<string> MemoryWords =
        ["out of memory", "OutOfMemoryException", "cannot allocate memory", "can't allocate memory", "bad_alloc"];

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    private readonly Process _process;
    private readonly ChildWorkers _settings;
    private readonly ChildStores _stores;
    private readonly IProgress<JobProgress> _progress;
    private readonly FramePipe _pipe;
    private readonly Queue<string> _lastWords = new();
    private readonly List<JobFile> _files = [];
    private Exception? _own;
    private string? _ended;
    private long _lastSign;
    private long _cancelledAt;

    public ChildConversation(
        Process process, ChildWorkers settings, ChildStores stores, IProgress<JobProgress> progress)
    {
        _process = process;
        _settings = settings;
        _stores = stores;
        _progress = progress;
        _pipe = new FramePipe(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _lastSign = settings.Clock.GetTimestamp();
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <inheritdoc cref="ChildWorkers.Run"/>
    public JobOutput Hold(WorkOrder order, CancellationToken cancellation)
    {
        using var watch = _settings.Clock.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
        try
        {
            Begin(order);
            using var cancel = cancellation.Register(Cancel);
            while (_pipe.Read() is { } frame)
            {
                Volatile.Write(ref _lastSign, _settings.Clock.GetTimestamp());
                if (Hear(frame, cancellation) is { } output)
                {
                    return output;
                }
            }
        }
        catch (Exception torn) when (torn is IOException or InvalidDataException)
        {
            Keep(torn.Message);
        }

        throw Silent();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
    }

    private void Begin(WorkOrder order)
    {
        var options = _settings.Options;
        _pipe.Write(FrameKind.Setup, ChildJson.Write(new ChildSetup(
            options.WorkerMemory,
            (long)options.WorkerProcessorTime.TotalSeconds,
            options.CheckpointSteps,
            options.CheckpointInterval,
            options.ProgressInterval,
            options.ThreadStackBytes,
            options.LearnerThreads)));
        _pipe.Write(FrameKind.Begin, WireContracts.Write(new WorkerCommands.Start(
            order.Attempt, 0, order.Spec, order.Strategies, order.Inputs, order.Recovery)));
    }

    /// <returns>The output once it is complete.</returns>
    private JobOutput? Hear(Frame frame, CancellationToken cancellation)
    {
        switch (frame.Kind)
        {
            case FrameKind.Progress:
                var news = (JobAdvanced)WireContracts.Read(
                    frame.Content.Span, WireContracts.NameOf(typeof(JobAdvanced)));
                _progress.Report(news.Progress);
                return null;
            case FrameKind.OutputFile:
                var (role, content) = frame.Split();
                _files.Add(new JobFile(role, content));
                return null;
            case FrameKind.Done:
                var done = ChildJson.Read<ChildDone>(frame.Content);
                return new JobOutput([.. _files], done.Metrics, JobEvaluation.FromJson(done.Evaluation));
            case FrameKind.Cancelled:
                throw new OperationCanceledException(cancellation);
            case FrameKind.Faulted:
                throw _own ?? ChildFaults.Of(ChildJson.Read<ChildFault>(frame.Content));
            default:
                Serve(frame);
                return null;
        }
    }

    private void Serve(Frame question)
    {
        var (line, content) = question.Split();
        try
        {
            if (Answer(question.Kind, line, content) is { } answer)
            {
                _pipe.Write(FrameKind.Content, answer);
            }
            else
            {
                _pipe.Write(FrameKind.Nothing);
            }
        }
        catch (Exception fault) when (fault is ArtifactCorruptException or IOException
            or UnauthorizedAccessException or ArgumentException)
        {
            // The worker fails by it; here it still has its type.
            _own = fault;
            _pipe.Write(FrameKind.Failed, fault.Message);
        }
    }

    private ReadOnlyMemory<byte>? Answer(FrameKind question, string line, ReadOnlyMemory<byte> content)
    {
        switch (question)
        {
            case FrameKind.GetArtifact:
                return Digest.TryParse(line, out var digest) && _stores.Artifacts.Contains(digest)
                    ? _stores.Artifacts.Get(digest)
                    : null;
            case FrameKind.LoadCheckpoint:
                return _stores.Checkpoints.LoadLatest(line);
            case FrameKind.SaveCheckpoint:
                _stores.Checkpoints.Save(line, content);
                return null;
            case FrameKind.ClearCheckpoint:
                _stores.Checkpoints.Clear(line);
                return null;
            default:
                throw new InvalidDataException($"a worker does not send {question}");
        }
    }

    private void Cancel()
    {
        Volatile.Write(ref _cancelledAt, _settings.Clock.GetTimestamp());
        try
        {
            _pipe.Write(FrameKind.Cancel);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // It has ended meanwhile; the reading thread finds out how.
        }
    }

    // On a timer's thread: whoever hangs in native code hears nothing, so its process is ended.
    private void Look()
    {
        var (clock, options) = (_settings.Clock, _settings.Options);
        var cancelledAt = Volatile.Read(ref _cancelledAt);
        var silence = clock.GetElapsedTime(Volatile.Read(ref _lastSign));
        var reason = cancelledAt != 0 && clock.GetElapsedTime(cancelledAt) >= options.StopTimeout
            ? $"it was told to stop and has not for {options.StopTimeout.TotalSeconds:0.#} s"
            : silence >= options.HeartbeatTimeout
                ? $"it has shown no sign of life for {silence.TotalSeconds:0.#} s"
                : null;
        if (reason is null || Interlocked.CompareExchange(ref _ended, reason, null) is not null)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in this moment.
        }
    }

    private Exception Silent()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        if (Volatile.Read(ref _ended) is { } reason)
        {
            return new WorkerHungException($"{reason}; its process was ended");
        }

        string words;
        lock (_lastWords)
        {
            words = string.Join('\n', _lastWords);
        }

        var detail = $"its process ended with {Ending(_process.ExitCode)}"
            + (words.Length > 0 ? $"; its last words: {words}" : "");
        return MemoryWords.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new OutOfMemoryException(detail)
            : new WorkerCrashedException(detail);
    }

    // .NET tells of signals as shells do.
    private static string Ending(int exitCode) =>
        exitCode > 128 ? $"signal {exitCode - 128}" : $"exit code {exitCode}";

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastWords)
        {
            _lastWords.Enqueue(line);
            if (_lastWords.Count > LinesKept)
            {
                _lastWords.Dequeue();
            }
        }
    }
}

using System.Diagnostics;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>What processes of workers are made of.</summary>
/// <param name="Program">The command line of the worker's program: path and arguments.</param>
/// <param name="Options">Limits and intervals.</param>
internal sealed record ChildWorkers(ImmutableArray<string> Program, TrainingOptions Options, TimeProvider Clock)
{
    // What a program needs to start; no setting, no password, no token.
    private static readonly ImmutableHashSet<string> Inherited =
    [
        "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "LIBTORCH",
        "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "DOTNET_gcServer", "CUDA_VISIBLE_DEVICES",
    ];

    public Process Start()
    {
        var start = new ProcessStartInfo(Program[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in Program[1..])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => !Inherited.Contains(name)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start) ?? throw new WorkerCrashedException($"{Program[0]} did not start");
    }

    /// <summary>Carries an order out in a process of its own; returns when that has ended.</summary>
    /// <param name="stores">Where the worker's artifacts and checkpoints are.</param>
    /// <param name="progress">Told on the calling thread.</param>
    /// <exception cref="WorkerCrashedException">It ended without a word.</exception>
    /// <exception cref="WorkerHungException">It showed no sign of life, or did not stop when told to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is stored.</exception>
    public JobOutput Run(
        WorkOrder order, ChildStores stores, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Start();
        using var conversation = new ChildConversation(process, this, stores, progress);
        return conversation.Hold(order, cancellation);
    }
}

/// <summary>What a worker's process may reach of its node.</summary>
internal sealed record ChildStores(Registry.Artifacts.IArtifactStore Artifacts, ICheckpointStore Checkpoints);

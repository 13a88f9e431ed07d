using System.Globalization;
using Akka.Configuration;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The settings under <c>training</c>, read once and checked. Meaning, unit, range and default of each stand
/// in <c>hocon/reference.conf</c>.
/// </summary>
public sealed record TrainingOptions
{
    public required int RetryBudget { get; init; }

    public required int RunsMax { get; init; }

    public required int JobsMax { get; init; }

    public required int JobsPerRunMax { get; init; }

    public required TimeSpan ReconcileInterval { get; init; }

    public required bool ResumeOnRecovery { get; init; }

    public required TimeSpan RetryInterval { get; init; }

    public required TimeSpan RetryIntervalMax { get; init; }

    public required int RetriesMax { get; init; }

    public required TimeSpan StopTimeout { get; init; }

    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>Steps of a learner between two checkpoints, at most.</summary>
    public required int CheckpointSteps { get; init; }

    /// <summary>How often workers write checkpoints.</summary>
    public CheckpointCadence Cadence => new(CheckpointSteps, CheckpointInterval);

    /// <summary>A worker that shows no sign of life for so long counts as hung.</summary>
    public required TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>Each job runs in a process of its own.</summary>
    public required bool HasWorkerProcesses { get; init; }

    /// <summary>Bytes that a worker's process may have; 0 = no limit.</summary>
    public required long WorkerMemory { get; init; }

    /// <summary>Processor time that a worker's process may use; zero = no limit.</summary>
    public required TimeSpan WorkerProcessorTime { get; init; }

    public required int ThreadStackBytes { get; init; }

    /// <summary>Threads of one learner of a policy: 1 or 2.</summary>
    public required int LearnerThreads { get; init; }

    public required TimeSpan ProgressInterval { get; init; }

    public required int Slots { get; init; }

    public required TimeSpan AnnounceInterval { get; init; }

    public required int NumberOfShards { get; init; }

    public required TimeSpan AnswerTimeout { get; init; }

    public required TimeSpan PollInterval { get; init; }

    /// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
    /// <param name="processors">What <c>training.node.slots = auto</c> means.</param>
    /// <exception cref="TrainingOptionsException">Some values are out of range; all are named.</exception>
    public static TrainingOptions From(Config config, int processors)
    {
        var reader = new OptionReader(config);
        var retryInterval = reader.Duration("training.trainer.retry-interval", "10ms", "60s");
        var options = new TrainingOptions
        {
            RetryBudget = reader.Number("training.coordinator.retry-budget", 0, 100),
            RunsMax = reader.Number("training.coordinator.runs-max", 1, 100_000),
            JobsMax = reader.Number("training.coordinator.jobs-max", 1, 1_000_000),
            JobsPerRunMax = reader.Number("training.coordinator.jobs-per-run-max", 1, 10_000),
            ReconcileInterval = reader.Duration("training.coordinator.reconcile-interval", "100ms", "60s"),
            ResumeOnRecovery = reader.Switch("training.coordinator.resume-on-recovery"),
            RetryInterval = retryInterval,
            RetryIntervalMax = reader.Duration("training.trainer.retry-interval-max", "10ms", "1h"),
            RetriesMax = reader.Number("training.trainer.retries-max", 1, 10_000),
            StopTimeout = reader.Duration("training.worker.stop-timeout", "1s", "10m"),
            CheckpointInterval = reader.Duration("training.worker.checkpoint-interval", "0s", "1h"),
            CheckpointSteps = reader.Number("training.worker.checkpoint-steps", 1, 1_000_000_000),
            HeartbeatTimeout = reader.Duration("training.worker.heartbeat-timeout", "1s", "24h"),
            HasWorkerProcesses = reader.Choice("training.worker.isolation", "thread", "process") == "process",
            WorkerMemory = reader.Bytes("training.worker.memory-limit", 0, 1L << 50),
            WorkerProcessorTime = reader.Duration("training.worker.processor-limit", "0s", "10000h"),
            ThreadStackBytes = (int)reader.Bytes("training.worker.thread-stack-size", 1 << 20, 1 << 30),
            LearnerThreads = reader.Number("training.worker.learner-threads", 1, 2),
            ProgressInterval = reader.Duration("training.worker.progress-interval", "0s", "60s"),
            Slots = config.GetString("training.node.slots") == "auto"
                ? Math.Max(1, processors)
                : reader.Number("training.node.slots", 1, 1024),
            AnnounceInterval = reader.Duration("training.node.announce-interval", "100ms", "60s"),
            NumberOfShards = reader.Number("training.sharding.number-of-shards", 1, 10_000),
            AnswerTimeout = reader.Duration("training.host.answer-timeout", "1s", "10m"),
            PollInterval = reader.Duration("training.host.poll-interval", "50ms", "60s"),
        };
        CheckWhatTheEngineReads(reader);
        if (options.RetryIntervalMax < options.RetryInterval)
        {
            reader.Violations.Add(
                $"training.trainer.retry-interval-max is {Text(options.RetryIntervalMax)}; it must not "
                + $"be below training.trainer.retry-interval, which is {Text(options.RetryInterval)}");
        }

        return reader.Violations.Count == 0 ? options : throw new TrainingOptionsException(reader.Violations);
    }

    // hocon/engine-*.conf hand these on; the engines' own complaints would name keys that nobody has set.
    private static void CheckWhatTheEngineReads(OptionReader reader)
    {
        reader.Number("training.cluster.port", 0, 65_535);
        reader.Duration("training.cluster.takeover-after", "5s", "10m");
    }

    private static string Text(TimeSpan duration) =>
        duration.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s";
}

/// <summary>Settings are out of range. The message lists all of them.</summary>
public sealed class TrainingOptionsException(IReadOnlyList<string> violations)
    : Exception("the configuration has mistakes:\n  " + string.Join("\n  ", violations))
{
    public IReadOnlyList<string> Violations { get; } = violations;
}

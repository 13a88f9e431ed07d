using System.Collections.Immutable;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Ppo;

/// <summary>Runs the jobs of a plan one after the other in memory and hands each what it reads.</summary>
internal sealed class PipelineRun(BarPanel bars, RunSpec spec)
{
    private readonly Dictionary<string, JobOutput> _outputs = [];

    /// <summary>Sizes that make every stage a matter of a second.</summary>
    public static readonly BudgetOverrides Tiny = BudgetOverrides.Of(
    [
        ("cnn_lstm.window", 13), ("cnn_lstm.kernel", 3), ("cnn_lstm.conv1", 5), ("cnn_lstm.conv2", 7),
        ("cnn_lstm.hidden", 11), ("cnn_lstm.batch", 32), ("cnn_lstm.epochs", 2), ("cnn_lstm.patience", 3),
        ("cnn_lstm.folds", 2),
        ("ppo.total_steps", 2048), ("ppo.episodes", 4), ("ppo.rollout_steps", 64), ("ppo.mini_batch", 64),
        ("ppo.hidden", 16),
        ("hybrid.total_steps", 512), ("hybrid.episodes", 4), ("hybrid.rollout_steps", 32),
        ("hybrid.mini_batch", 64), ("hybrid.validate_every", 1),
        ("hybrid.batch", 32), ("hybrid.updates_per_rollout", 4), ("hybrid.capacity", 512),
        .. Stages.Agents.Where(agent => agent != Stages.DefaultAgent).SelectMany(Replaying),
    ]);

    public MemoryArtifacts Artifacts { get; } = new();

    public ImmutableArray<JobSpec> Jobs { get; } = RunPlan.Jobs(spec);

    public JobOutput this[string job] => _outputs[job];

    public static RunSpec Spec(
        BarPanel bars, ulong seed, ImmutableArray<string> strategies, BudgetOverrides? overrides = null,
        FaultInjection? fault = null, params ImmutableArray<string> agents) =>
        new()
        {
            DataName = "market",
            Data = bars.Digest,
            Strategies = strategies,
            Stages = Stages.All,
            Agents = agents.IsDefaultOrEmpty ? ["ppo"] : agents,
            Budget = BudgetName.Quick,
            Seed = seed,
            Overrides = overrides,
            Fault = fault,
        };

    /// <summary>Runs a job; those it depends on must have run.</summary>
    public JobOutput Run(
        string id, ICheckpointStore? checkpoints = null, RecoveryPlan? recovery = null,
        CheckpointCadence? cadence = null, CancellationToken cancellation = default,
        IProgress<JobProgress>? progress = null, int learnerThreads = 1)
    {
        var job = Jobs.Single(one => one.Id == id);
        var request = new JobRequest(
            job, bars, Inputs(job), Artifacts, checkpoints ?? new MemoryCheckpoints(),
            recovery ?? RecoveryPlan.None);
        var output = new JobRunner(TimeProvider.System, cadence, learnerThreads)
            .Run(request, progress ?? new Listener(_ => { }), cancellation);
        _outputs[id] = output;
        foreach (var file in output.Files)
        {
            Artifacts.Put(file.Content);
        }

        return output;
    }

    /// <summary>Runs every job up to and including a stage.</summary>
    public PipelineRun Through(Stage stage)
    {
        foreach (var job in Jobs.Where(job => job.Stage <= stage && !_outputs.ContainsKey(job.Id)))
        {
            Run(job.Id);
        }

        return this;
    }

    /// <summary>Takes over all jobs of another run of the same bars that come before one.</summary>
    public PipelineRun AdoptBefore(string id, PipelineRun other)
    {
        foreach (var earlier in Jobs.TakeWhile(one => one.Id != id))
        {
            Adopt(earlier.Id, other[earlier.Id]);
        }

        return this;
    }

    /// <summary>Takes over what another run of the same bars has computed.</summary>
    public void Adopt(string id, JobOutput output)
    {
        _outputs[id] = output;
        foreach (var file in output.Files)
        {
            Artifacts.Put(file.Content);
        }
    }

    private static (string, double)[] Replaying(string agent) =>
    [
        ($"{agent}.total_steps", 512), ($"{agent}.episodes", 4), ($"{agent}.rollout_steps", 16),
        ($"{agent}.updates_per_rollout", 4), ($"{agent}.learning_starts", 64), ($"{agent}.batch", 32),
        ($"{agent}.capacity", 256), ($"{agent}.hidden", 16),
    ];

    private ImmutableArray<JobInput> Inputs(JobSpec job)
    {
        var inputs = ImmutableArray.CreateBuilder<JobInput>();
        foreach (var source in job.DependsOn)
        {
            var stage = Jobs.Single(one => one.Id == source).Stage;
            foreach (var file in _outputs[source].Files)
            {
                if (InputRoles.Of(stage, file.Role) is { } role)
                {
                    inputs.Add(new JobInput(role, source, null, Digest.Of(file.Content.Span)));
                }
            }
        }

        return inputs.ToImmutable();
    }
}

using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Agents;

/// <summary>What must hold of the jobs of every agent and of its hybrid alike, on small sizes.</summary>
public sealed class AgentJobSpecs
{
    private const string Strategy = "rsi_mean_reversion";
    private static readonly BarSeries Bars = EncoderRuns.Market();
    private static readonly Lazy<PipelineRun> Reference = new(() => Start(7).Through(Stage.Hybrid));

    public static TheoryData<string> JobIds => new(Stages.Agents.SelectMany(agent => new[]
    {
        $"{agent}/{Strategy}", $"hybrid/{Stages.HybridName(Strategy, agent)}",
    }));

    [Theory]
    [MemberData(nameof(JobIds))]
    public void The_same_spec_gives_the_same_bytes_beside_other_jobs(string job)
    {
        var expected = Digests(Reference.Value[job]);
        var digests = new string[4][];

        Parallel.For(0, digests.Length, i => digests[i] = Digests(Adopting(7, job).Run(job)));
        var other = Digests(Adopting(8, job).Run(job));

        Assert.All(digests, one => Assert.Equal(expected, one));
        Assert.NotEqual(expected, other);
    }

    [Theory]
    [MemberData(nameof(JobIds))]
    public void A_second_thread_for_learners_changes_no_byte(string job) => Assert.Equal(
        Digests(Reference.Value[job]), Digests(Adopting(7, job).Run(job, learnerThreads: 2)));

    [Theory]
    [MemberData(nameof(JobIds))]
    public void A_job_killed_after_any_checkpoint_ends_in_the_same_bytes(string job)
    {
        var expected = Digests(Reference.Value[job]);
        var cadence = new CheckpointCadence(1, TimeSpan.FromHours(1));

        foreach (var saves in new[] { 1, 3 })
        {
            var run = Adopting(7, job);
            var checkpoints = new DyingCheckpoints(saves);
            Assert.Throws<KilledException>(() => run.Run(job, checkpoints, cadence: cadence));
            var resumed = run.Run(job, checkpoints);

            Assert.Equal(expected, Digests(resumed));
            Assert.True(checkpoints.IsEmpty);
        }
    }

    [Theory]
    [MemberData(nameof(JobIds))]
    public void A_cancelled_job_leaves_a_checkpoint_to_continue_from(string job)
    {
        var run = Adopting(7, job);
        var checkpoints = new CancellingCheckpoints();

        Assert.Throws<OperationCanceledException>(() => run.Run(
            job, checkpoints, cadence: new CheckpointCadence(1, TimeSpan.FromHours(1)),
            cancellation: checkpoints.Token));
        var resumed = run.Run(job, checkpoints);

        Assert.Equal(Digests(Reference.Value[job]), Digests(resumed));
    }

    [Theory]
    [MemberData(nameof(JobIds))]
    public void After_a_nan_gradient_the_job_ends_like_one_that_skipped_that_batch(string job)
    {
        var sick = Adopting(7, job, FaultInjection.NanGradientAt(job, 5));
        var checkpoints = new MemoryCheckpoints();
        var often = new CheckpointCadence(1, TimeSpan.FromHours(1));
        var fault = Assert.Throws<NumericalInstabilityException>(
            () => sick.Run(job, checkpoints, cadence: often));
        var plan = RecoveryPlan.None.Next(fault);

        var recovered = sick.Run(job, checkpoints, plan, often);
        var fromTheStart = sick.Run(job, recovery: plan);
        var skipping = Adopting(7, job).Run(job, recovery: plan);

        Assert.Equal(5, fault.Step);
        Assert.Contains(recovered.Evaluation.Events, one => one is { Kind: "step_skipped", Step: 5 });
        Assert.All(
            new[] { fromTheStart, skipping },
            one =>
            {
                Assert.Equal(Digests(one), Digests(recovered));
                Assert.Equal(one.Evaluation.ToJson(), recovered.Evaluation.ToJson());
            });
        Assert.NotEqual(Losses(Reference.Value[job]), Losses(recovered));
    }

    [Fact]
    public void A_stored_agent_decides_as_the_one_that_was_evaluated()
    {
        var job = $"ppo/{Strategy}";
        var output = Reference.Value[job];

        var model = AgentModel.Load(ModelArtifact.Parse(output.Files[0].Content), Stages.DefaultAgent);

        Assert.Equal(output.Metrics["validation_sharpe"], model.Config.ValidationSharpe, 1e-9);
        Assert.Equal(Bars.Digest, model.Config.Data);
        Assert.Equal(
            Digest.Of(Reference.Value[$"cnn_lstm/{Strategy}"].Files[0].Content.Span),
            model.Config.EncoderArtifact);
    }

    [Fact]
    public void An_agents_artifact_of_another_kind_is_refused()
    {
        var encoder = ModelArtifact.Parse(Reference.Value[$"cnn_lstm/{Strategy}"].Files[0].Content);

        var refused = Assert.Throws<ArtifactFormatException>(() => AgentModel.Load(encoder, Stages.DefaultAgent));

        Assert.Contains("'cnn_lstm'", refused.Message, StringComparison.Ordinal);
    }

    private static double?[] Losses(JobOutput output) =>
        [.. output.Evaluation.Curves.Single(curve => curve.Name == "loss").Values];

    private static string[] Digests(JobOutput output) => [.. EncoderRuns.Digests(output)];

    private static PipelineRun Start(ulong seed, FaultInjection? fault = null) =>
        new(Bars, PipelineRun.Spec(Bars, seed, [Strategy], PipelineRun.Tiny, fault, Stages.Agents));

    /// <summary>A run whose earlier stages are the reference's.</summary>
    private static PipelineRun Adopting(ulong seed, string job, FaultInjection? fault = null) =>
        Start(seed, fault).AdoptBefore(job, Reference.Value);

    /// <summary>Cancels its own token at the second save.</summary>
    private sealed class CancellingCheckpoints : MemoryCheckpoints
    {
        private readonly CancellationTokenSource _source = new();

        public CancellationToken Token => _source.Token;

        public override void Save(string jobKey, ReadOnlyMemory<byte> content)
        {
            base.Save(jobKey, content);
            if (Saves == 2)
            {
                _source.Cancel();
            }
        }
    }
}

using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Jobs;

public sealed class EncoderJobSpecs
{
    private static readonly CheckpointCadence EveryStep = new(1, TimeSpan.FromDays(1));

    [Fact]
    public void The_same_spec_gives_the_same_bytes_and_another_seed_gives_others()
    {
        var bars = EncoderRuns.Market();

        var first = EncoderRuns.Digests(EncoderRuns.Run(EncoderRuns.Spec(bars), bars));
        var second = EncoderRuns.Digests(EncoderRuns.Run(EncoderRuns.Spec(bars), bars));
        var other = EncoderRuns.Digests(EncoderRuns.Run(EncoderRuns.Spec(bars, seed: 8), bars));

        Assert.Equal(first, second);
        Assert.All(first.Zip(other), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task Jobs_that_run_at_the_same_time_do_not_disturb_each_other()
    {
        var bars = EncoderRuns.Market();
        string[] strategies = ["rsi_mean_reversion", "macd_momentum", "atr_breakout"];
        var specs = strategies.Select(strategy => EncoderRuns.Spec(bars, strategy: strategy)).ToList();
        var alone = specs.Select(spec => EncoderRuns.Digests(EncoderRuns.Run(spec, bars))).ToList();

        var together = await Task.WhenAll(specs.Select(spec => Task.Factory.StartNew(
            () => EncoderRuns.Digests(EncoderRuns.Run(spec, bars)), TaskCreationOptions.LongRunning)));

        Assert.Equal(alone, together);
        Assert.Equal(alone.Count, alone.Select(digests => digests[0]).Distinct().Count());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    public void A_job_killed_after_any_step_ends_with_the_bytes_of_an_unbroken_one(double share)
    {
        var bars = EncoderRuns.Market();
        var spec = EncoderRuns.Spec(bars);
        var counting = new MemoryCheckpoints();
        var unbroken = EncoderRuns.Run(spec, bars, counting, cadence: EveryStep);
        var checkpoints = new DyingCheckpoints(1 + (int)(share * (counting.Saves - 1)));

        Assert.Throws<KilledException>(() => EncoderRuns.Run(spec, bars, checkpoints, cadence: EveryStep));
        var resumed = EncoderRuns.Run(spec, bars, checkpoints, cadence: EveryStep);

        Assert.Equal(EncoderRuns.Digests(unbroken), EncoderRuns.Digests(resumed));
        Assert.Equal(unbroken.Evaluation.ToJson(), resumed.Evaluation.ToJson());
        Assert.True(checkpoints.IsEmpty);
    }

    [Fact]
    public void A_cancelled_job_leaves_a_checkpoint_and_goes_on_from_it()
    {
        var bars = EncoderRuns.Market();
        var spec = EncoderRuns.Spec(bars);
        var checkpoints = new MemoryCheckpoints();
        using var source = new CancellationTokenSource();
        var hearing = new Listener(news =>
        {
            if (news.Phase == "fold 1/2")
            {
                source.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(
            () => EncoderRuns.Run(spec, bars, checkpoints, progress: hearing, cancellation: source.Token));
        var phases = new List<string>();
        var resumed = EncoderRuns.Run(
            spec, bars, checkpoints, progress: new Listener(news => phases.Add(news.Phase)));

        Assert.DoesNotContain("fit", phases);
        Assert.Equal(EncoderRuns.Digests(EncoderRuns.Run(spec, bars)), EncoderRuns.Digests(resumed));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void After_a_nan_gradient_the_job_ends_like_one_that_skipped_that_batch(double share)
    {
        var bars = EncoderRuns.Market();
        var healthy = EncoderRuns.Spec(bars);
        var counting = new MemoryCheckpoints();
        EncoderRuns.Run(healthy, bars, counting, cadence: EveryStep);
        var step = (long)(share * counting.Saves);
        var sick = EncoderRuns.Spec(bars, fault: FaultInjection.NanGradientAt(healthy.Id, step));
        var checkpoints = new MemoryCheckpoints();
        var everyThird = new CheckpointCadence(3, TimeSpan.FromDays(1));

        var fault = Assert.Throws<NumericalInstabilityException>(
            () => EncoderRuns.Run(sick, bars, checkpoints, cadence: everyThird));
        var plan = RecoveryPlan.None.Next(fault);
        var recovered = EncoderRuns.Run(sick, bars, checkpoints, plan, everyThird);
        var skipping = EncoderRuns.Run(healthy, bars, recovery: plan);

        Assert.Equal(step, fault.Step);
        Assert.Contains("gradient norm in ", fault.Message);
        Assert.Equal(EncoderRuns.Digests(skipping), EncoderRuns.Digests(recovered));
        Assert.NotEqual(EncoderRuns.Digests(EncoderRuns.Run(healthy, bars)), EncoderRuns.Digests(recovered));
        Assert.Contains(recovered.Evaluation.Events, e => e.Kind == "step_skipped" && e.Step == step);
    }

    [Fact]
    public void Three_faults_climb_the_ladder_wherever_the_checkpoints_lie()
    {
        var bars = EncoderRuns.Market();
        var id = EncoderRuns.Spec(bars).Id;
        var spec = EncoderRuns.Spec(bars, fault: FaultInjection.NanGradientAt(id, 4, 9, 12));

        var oftenSaved = Recover(spec, bars, EveryStep);
        var neverSaved = Recover(spec, bars, CheckpointCadence.Default);

        Assert.Equal(3, oftenSaved.Plan.Attempt);
        Assert.Equal(0.5, oftenSaved.Plan.ClipScale);
        Assert.Equal(EncoderRuns.Digests(neverSaved.Output), EncoderRuns.Digests(oftenSaved.Output));
        Assert.Contains(
            oftenSaved.Output.Evaluation.Events, e => e.Kind == "learning_rate_scaled" && e.Step == 9);
    }

    [Fact]
    public void A_checkpoint_of_another_spec_is_not_used()
    {
        var bars = EncoderRuns.Market();
        var checkpoints = new OneSlotCheckpoints();
        var other = EncoderRuns.Spec(bars, seed: 8);
        Assert.Throws<KilledException>(() => EncoderRuns.Run(other, bars, checkpoints, cadence: EveryStep));
        var spec = EncoderRuns.Spec(bars);

        var output = EncoderRuns.Run(spec, bars, checkpoints);

        Assert.Equal(EncoderRuns.Digests(EncoderRuns.Run(spec, bars)), EncoderRuns.Digests(output));
    }

    [Fact]
    public void The_evaluation_survives_json()
    {
        var bars = EncoderRuns.Market();
        var evaluation = EncoderRuns.Run(EncoderRuns.Spec(bars), bars).Evaluation;

        var read = JobEvaluation.FromJson(evaluation.ToJson());

        Assert.Equal(evaluation.ToJson(), read.ToJson());
        Assert.Equal(evaluation.NextOpen.Returns.ToArray(), read.NextOpen.Returns.ToArray());
        Assert.Equal(evaluation.Positions.Length, read.TimesUtcMilliseconds.Length);
    }

    private static (RecoveryPlan Plan, JobOutput Output) Recover(
        JobSpec spec, MarketData.Series.BarSeries bars, CheckpointCadence cadence)
    {
        var checkpoints = new MemoryCheckpoints();
        var plan = RecoveryPlan.None;
        while (true)
        {
            try
            {
                return (plan, EncoderRuns.Run(spec, bars, checkpoints, plan, cadence));
            }
            catch (NumericalInstabilityException fault)
            {
                plan = plan.Next(fault);
            }
        }
    }

    /// <summary>Gives every job the same, wrong, content, and dies on the first save.</summary>
    private sealed class OneSlotCheckpoints : ICheckpointStore
    {
        private byte[]? _content;

        public void Save(string jobKey, ReadOnlyMemory<byte> content)
        {
            _content = content.ToArray();
            throw new KilledException();
        }

        public ReadOnlyMemory<byte>? LoadLatest(string jobKey) => _content;

        public void Clear(string jobKey)
        {
        }
    }
}

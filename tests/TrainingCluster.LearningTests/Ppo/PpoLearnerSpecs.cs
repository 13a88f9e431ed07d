using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Recovery;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class PpoLearnerSpecs
{
    private static readonly PpoOptions Options = new()
    {
        TotalSteps = 2048,
        Episodes = 4,
        RolloutSteps = 64,
        MiniBatch = 64,
        Epochs = 3,
        LinearSchedules = true,
        NormalizeObservations = true,
        EntropyWeight = 0.01,
    };

    [Fact]
    public void The_ratio_of_an_iterations_first_minibatch_is_exactly_one()
    {
        var learner = Create(1);

        for (var i = 0; i < 4; i++)
        {
            var iteration = learner.Iterate();

            Assert.Equal(0.0, iteration.Update.FirstRatioDistance);
            Assert.True(iteration.Update.ApproximateKl > 0);
        }
    }

    [Fact]
    public void Training_on_after_a_restart_gives_the_same_bytes_as_training_through()
    {
        var through = Create(7);
        Run(through, 8);
        var first = Create(7);
        Run(first, 3);
        first.Consider(0.5);
        var saved = Bytes(first.Save());
        var second = Create(99);

        second.Restore(Read(saved));
        Run(second, 5);

        through.Consider(double.NegativeInfinity);
        Assert.Equal(through.Current().Parameters, second.Current().Parameters);
        Assert.Equal(0.5, second.Best!.Score);
        Assert.Equal(Bytes(through.Save() with { Best = null }), Bytes(second.Save() with { Best = null }));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others()
    {
        var states = new byte[4][];
        Parallel.For(0, 4, i =>
        {
            var learner = Create(i == 3 ? 8UL : 7UL);
            Run(learner, 2);
            states[i] = Bytes(learner.Save());
        });

        Assert.Equal(states[0], states[1]);
        Assert.Equal(states[0], states[2]);
        Assert.NotEqual(states[0], states[3]);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bytes()
    {
        using var second = new SecondThread("test");
        var wide = Options with { RolloutSteps = 128, ValueClipRange = 0.3 };
        var (alone, together) = (Create(7, options: wide), Create(7, second: second, options: wide));

        Run(alone, 3);
        Run(together, 3);

        Assert.Equal(Bytes(alone.Save()), Bytes(together.Save()));
    }

    [Fact]
    public void What_fails_on_the_second_thread_comes_out_on_the_first_and_the_thread_goes_on()
    {
        using var second = new SecondThread("test");
        var (here, there) = (0, 0);

        // Thrown as it is where the first thread came to the work before the second.
        Assert.ThrowsAny<Exception>(
            () => second.Run(() => here++, () => throw new InvalidOperationException("there")));
        second.Run(() => here++, () => there++);

        Assert.Equal((2, 1), (here, there));
    }

    [Fact]
    public void Schedules_decide_rate_clip_and_entropy_of_each_iteration()
    {
        var scheduled = Options with
        {
            LearningRateSchedule = new LinearSchedule(0.01, 0, 1024),
            EntropySchedule = new ConstantSchedule(0.5),
            ClipSchedule = new ConstantSchedule(1e-9),
        };
        var learner = Create(3, options: scheduled);

        var first = learner.Iterate();
        var second = learner.Iterate();

        Assert.Equal(0.0075, first.LearningRate, 1e-12);
        Assert.Equal(0.005, second.LearningRate, 1e-12);
        Assert.True(first.Update.ClipFraction > 0.9 * (first.Update.MiniBatches - 1));
    }

    [Fact]
    public void A_run_evaluates_on_the_way_and_keeps_the_best_policy()
    {
        double[] scores = [1, 4, 3, 4];
        var asked = new List<int>();
        var told = new List<PpoEvaluation>();
        var learner = Create(3);
        var run = new PpoRun(learner, snapshot =>
        {
            asked.Add(snapshot.Iteration);
            return scores[asked.Count - 1];
        }, 2);

        var evaluations = run.ToEnd(told.Add);

        Assert.Equal([2, 4, 6, 8], asked);
        Assert.Equal([true, true, false, false], evaluations.Select(one => one.IsBest));
        Assert.Equal(evaluations, told);
        Assert.Equal((4, 4.0), (learner.Best!.Iteration, learner.Best.Score));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_the_learner_and_names_the_step()
    {
        var learner = Create(1, new TrainingFaults(RecoveryPlan.None, [17]));
        learner.Iterate();

        var fault = Assert.Throws<NumericalInstabilityException>(() => learner.Iterate());

        Assert.Equal(17, fault.Step);
        Assert.Equal(1, fault.Batch);
    }

    [Fact]
    public void A_skipped_step_leaves_the_weights_alone_and_the_rest_goes_on()
    {
        var plan = RecoveryPlan.None.Next(new NumericalInstabilityException(17, "gradient norm"));
        var learner = Create(1, new TrainingFaults(plan, [17]));

        Run(learner, 3);

        Assert.Equal(3 * 12, learner.Updates);
        Assert.Equal(3 * 12 - 1, learner.Save().Adam.Steps);
    }

    [Fact]
    public void Updates_of_an_iteration_stop_when_the_policy_has_moved_too_far()
    {
        var cautious = Options with { TargetKl = 1e-9 };
        var learner = new PpoLearner(cautious, new CartPoleEnvironment(4, new Seed(1)), new Seed(1));

        var iteration = learner.Iterate();

        Assert.Equal(2, iteration.Update.MiniBatches);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_all_at_once()
    {
        var broken = Options with { MiniBatch = 100, LearningRate = 0, Gamma = 2 };

        var refused = Assert.Throws<ArgumentException>(broken.Validated);

        Assert.Equal(
            [
                "these PPO settings cannot be used:",
                "  mini_batch is 100; it must be at least 2 and divide the 256 transitions of a rollout "
                    + "(episodes × rollout_steps)",
                "  learning_rate is 0; it must be above 0",
                "  gamma is 2; it must lie in [0, 1]",
            ],
            refused.Message.Split('\n'));
    }

    private static PpoLearner Create(
        ulong seed, TrainingFaults? faults = null, SecondThread? second = null, PpoOptions? options = null) =>
        new(options ?? Options, new CartPoleEnvironment(4, new Seed(seed).For("environment")), new Seed(seed), faults,
            second);

    private static void Run(PpoLearner learner, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            learner.Iterate();
        }
    }

    private static byte[] Bytes(PpoLearnerState state)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        state.Write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    private static PpoLearnerState Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return PpoLearnerState.Read(reader);
    }
}

using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Recurrent;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Ppo.Recurrent;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class RecurrentPpoSpecs
{
    private static readonly PpoOptions Forgetful = new()
    {
        TotalSteps = 20_480,
        Episodes = 16,
        RolloutSteps = 40,
        MiniBatch = 160,
        Epochs = 4,
        LearningRate = 3e-3,
        EntropyWeight = 0.01,
        Gamma = 0.95,
        Hidden = [16],
    };

    private static readonly PpoMemoryOptions Recurrent = new() { Steps = RecallEpisodes.Steps, Hidden = 16 };

    private static readonly PpoMemoryOptions Convolving = Recurrent with { Convolutions = [12, 8] };

    public static TheoryData<string> Memories => new("lstm", "cnn-lstm");

    [Theory]
    [InlineData("lstm", 1)]
    [InlineData("lstm", 2)]
    [InlineData("lstm", 3)]
    [InlineData("cnn-lstm", 1)]
    public void What_was_shown_at_the_beginning_is_known_at_the_end(string memory, ulong value)
    {
        using var learner = Trained(Forgetful with { Memory = Memory(memory) }, value);
        using var policy = new RecurrentPolicy(learner.Current());

        var right = Right(observation => policy.Act(observation), policy.Begin);

        Assert.True(right >= 0.95, $"{right}");
    }

    [Fact]
    public void Without_a_memory_it_is_guessed()
    {
        using var learner = Trained(Forgetful with { Hidden = [64, 64] }, 1);
        var policy = learner.Current().ToPolicy();

        Assert.InRange(Right(observation => policy.Act(observation), () => { }), 0.35, 0.65);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public void Training_on_after_a_restart_gives_the_same_bytes_as_training_through(string memory)
    {
        PpoLearner Create(ulong self) => new(
            Forgetful with { Episodes = 4, MiniBatch = 40, Memory = Memory(memory) },
            new CartPoleEnvironment(4, new Seed(7)), new Seed(self));

        using var through = Create(7);
        using var first = Create(7);
        using var second = Create(99);
        Run(through, 6);
        Run(first, 4);

        second.Restore(Read(Bytes(first)));
        Run(second, 2);

        Assert.Equal(Bytes(through), Bytes(second));
    }

    [Fact]
    public void The_whole_gradient_equals_finite_differences_through_the_encoder()
    {
        var shape = new WindowEncoderOptions(3, 4, 5) { Convolutions = [4] };
        using var encoder = new WindowEncoder(shape, new Seed(1).Stream());
        var random = new Seed(2).Stream();
        float[] windows = [.. Enumerable.Range(0, 6 * 4 * 3).Select(_ => (float)random.NextGaussian())];
        float[] slopes = [.. Enumerable.Range(0, 6 * 5).Select(_ => (float)random.NextGaussian())];
        var weights = NetworkWeights.Flatten(encoder);
        var (features, gradient) = (new float[30], new float[weights.Length]);

        encoder.Differentiate(windows, 6, features, () => slopes, gradient);

        for (var i = 0; i < weights.Length; i += 7)
        {
            double Loss(float change)
            {
                float[] moved = [.. weights];
                moved[i] += change;
                NetworkWeights.Restore(encoder, moved);
                encoder.Encode(windows, 6, features);
                return features.Zip(slopes).Sum(pair => (double)pair.First * pair.Second);
            }

            Assert.Equal((Loss(5e-3f) - Loss(-5e-3f)) / 1e-2, gradient[i], 5e-3);
        }
    }

    [Fact]
    public void A_truncated_episodes_last_features_know_the_whole_episode()
    {
        var shape = Recurrent.Shape(3);
        using var encoder = new WindowEncoder(shape, new Seed(1).Stream());
        var episodes = new EncodedEpisodes(new RecallEpisodes(1, new Seed(3), EpisodeEnd.Truncated), encoder, 64);
        var (first, step) = (new float[16], new VectorStep(1, 16));
        var (expected, window) = (new float[16], new float[episodes.WindowSize]);

        episodes.Reset(first);
        for (var i = 0; i < RecallEpisodes.Steps; i++)
        {
            episodes.Step([0], step);
        }

        // The window of the last action, moved on by the last observation: time is up.
        episodes.WindowOf(RecallEpisodes.Steps - 1)[4..].CopyTo(window);
        (window[^2], window[^1]) = (1, 1);
        encoder.Encode(window, 1, expected);
        Assert.Equal(EpisodeEnd.Truncated, step.Ends[0]);
        Assert.Equal(expected, step.FinalObservations);
        Assert.Equal(0, episodes.WindowOf(0)[0]);
    }

    [Fact]
    public void A_history_is_empty_before_an_episode_and_forgets_what_is_too_old()
    {
        var history = new ObservationHistory(2, 3, 1);

        history.Begin(1, [5]);
        Assert.Equal([0, 0, 0, 0, 5, 1], history.Window(1).ToArray());

        history.Push(1, [6]);
        history.Push(1, [7]);
        history.Push(1, [8]);
        Assert.Equal([6, 1, 7, 1, 8, 1], history.Window(1).ToArray());
        Assert.Equal(new float[6], history.Window(0).ToArray());

        history.Begin(1, [9]);
        Assert.Equal([0, 0, 0, 0, 9, 1], history.Window(1).ToArray());
    }

    [Fact]
    public void A_policy_with_a_memory_says_so_where_one_without_is_asked_for()
    {
        using var learner = new PpoLearner(
            Forgetful with { Memory = Recurrent }, new RecallEpisodes(16, new Seed(1)), new Seed(1));

        Assert.Throws<InvalidOperationException>(() => learner.Current().ToPolicy());
        Assert.Throws<ArgumentException>(() => new RecurrentPolicy(learner.Current() with { Memory = null }));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_all_at_once()
    {
        var broken = Forgetful with
        {
            NormalizeObservations = true,
            ReplayRatio = 0.5,
            Memory = new() { Steps = 0, Kernel = 2 },
        };

        var refused = Assert.Throws<ArgumentException>(broken.Validated);

        Assert.Equal(
            [
                "these PPO settings cannot be used:",
                "  memory steps is 0; it must be at least 1",
                "  memory kernel is 2; it must be odd, so that padding keeps the steps in place",
                "  a memory is set, with replay_ratio 0.5 and normalize_observations True; a policy with a memory has "
                    + "neither",
            ],
            refused.Message.Split('\n'));
    }

    private static PpoMemoryOptions Memory(string name) => name == "lstm" ? Recurrent : Convolving;

    private static PpoLearner Trained(PpoOptions options, ulong value)
    {
        var seed = new Seed(value);
        var learner = new PpoLearner(options, new RecallEpisodes(options.Episodes, seed.For("training")), seed);
        while (!learner.Finished)
        {
            learner.Iterate();
        }

        return learner;
    }

    /// <summary>Share of 200 episodes whose answer is right.</summary>
    private static double Right(Func<float[], int> act, Action begin)
    {
        var environment = new RecallEpisodes(1, new Seed(55));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        var earned = 0.0;
        for (var episode = 0; episode < 200; episode++)
        {
            begin();
            do
            {
                environment.Step([act(step.Observations)], step);
                earned += step.Rewards[0];
            }
            while (step.Ends[0] == EpisodeEnd.None);
        }

        return earned / 200;
    }

    private static void Run(PpoLearner learner, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            learner.Iterate();
        }
    }

    private static byte[] Bytes(PpoLearner learner)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        learner.Save().Write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    private static PpoLearnerState Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return PpoLearnerState.Read(reader);
    }
}

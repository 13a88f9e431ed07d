using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Ppo.Reuse;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class RolloutReplaySpecs
{
    private static readonly PpoOptions Plain = new()
    {
        TotalSteps = 2048,
        Episodes = 4,
        RolloutSteps = 64,
        MiniBatch = 64,
        Epochs = 3,
        NormalizeObservations = true,
        EntropyWeight = 0.01,
    };

    private static readonly PpoOptions Replaying = Plain with { ReplayRatio = 0.25, ReplayRollouts = 3 };

    [Fact]
    public void At_a_ratio_of_zero_the_bytes_are_those_of_plain_ppo()
    {
        var (plain, zero) = (Create(7, Plain), Create(7, Plain with { ReplayRollouts = 2, ImportanceCap = 5 }));

        Run(plain, 3);
        Run(zero, 3);

        Assert.Equal(Bytes(plain), Bytes(zero));
    }

    [Fact]
    public void Replay_begins_once_a_rollout_is_kept_and_changes_what_is_learned()
    {
        var (plain, replaying) = (Create(7, Plain), Create(7, Replaying));

        Run(plain, 1);
        Run(replaying, 1);
        Assert.Equal(plain.Current().Parameters, replaying.Current().Parameters);

        Run(plain, 1);
        Run(replaying, 1);
        Assert.NotEqual(plain.Current().Parameters, replaying.Current().Parameters);
    }

    [Fact]
    public void Training_on_after_a_restart_gives_the_same_bytes_as_training_through()
    {
        var through = Create(7, Replaying);
        Run(through, 8);
        var first = Create(7, Replaying);
        Run(first, 5);
        var second = Create(99, Replaying);

        second.Restore(first.Save());
        Run(second, 3);

        Assert.Equal(Bytes(through), Bytes(second));
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bytes()
    {
        using var helper = new SecondThread("test");
        var wide = Replaying with { RolloutSteps = 256 };
        var (alone, together) = (Create(7, wide), Create(7, wide, helper));

        Run(alone, 3);
        Run(together, 3);

        Assert.Equal(Bytes(alone), Bytes(together));
    }

    [Fact]
    public void Replayed_steps_have_the_probabilities_and_values_of_today_and_an_importance_up_to_the_cap()
    {
        var options = Replaying with { Episodes = 4, ImportanceCap = 1.1, NormalizeObservations = false };
        var shape = new PpoNetworkOptions(4, 2);
        var (then, today) = (Network(shape, 1), Network(shape, 2));
        var rollout = new RolloutBuffer(64, 4, 4);
        new RolloutCollector(new CartPoleEnvironment(4, new Seed(3)), then, new Seed(4))
            .Collect(then, null, options, rollout);
        var replay = new RolloutReplay(options, today, new Seed(5), null);
        replay.Add(rollout);

        var drawn = replay.Draw(today, null)!;

        Assert.Equal((64, 1), (drawn.Rollout.Steps, drawn.Rollout.Episodes));
        var column = Enumerable.Range(0, 4).Single(episode => Enumerable.Range(0, 64).All(step =>
            drawn.Rollout.RawObservations[step * 4] == rollout.RawObservations[(step * 4 + episode) * 4]));
        var logs = new float[2];
        var capped = 0;
        for (var step = 0; step < 64; step++)
        {
            var from = step * 4 + column;
            var observation = rollout.RawObservations.AsSpan(from * 4, 4);
            Categorical.LogProbabilities(
                today.Logits(observation, 1, new DenseActivations(today.Policy, 1)), logs);
            var ratio = Math.Exp(logs[rollout.Actions[from]] - rollout.LogProbabilities[from]);
            Assert.Equal(logs[rollout.Actions[from]], drawn.Rollout.LogProbabilities[step], 1e-6);
            Assert.Equal(Math.Min(1.1, ratio), drawn.Importance[step], 1e-6);
            Assert.Equal(
                today.Values(observation, 1, new DenseActivations(today.Value, 1))[0], drawn.Rollout.Values[step],
                1e-5);
            capped += ratio > 1.1 ? 1 : 0;
        }

        Assert.InRange(capped, 1, 63);
    }

    [Fact]
    public void On_a_bandit_the_corrected_gradient_is_the_expectation_under_the_policy_itself()
    {
        double[] behaviour = [0.5, 0.25, 0.25];
        double[] policy = [0.25, 0.25, 0.5];
        double[] rewards = [1, -2, 3];
        // One step an episode, as often as the acting policy takes each action.
        int[] actions = [0, 0, 0, 0, 1, 1, 2, 2];
        var expected = Enumerable.Range(0, 3).Select(j => -Enumerable.Range(0, 3)
            .Sum(a => policy[a] * rewards[a] * ((a == j ? 1 : 0) - policy[j]))).ToArray();

        var corrected = Gradient(double.PositiveInfinity, importance: true);
        var cut = Gradient(1, importance: true);
        var plain = Gradient(double.PositiveInfinity, importance: false);

        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j], corrected[j], 1e-6);
        }

        Assert.True(Distance(plain) > 0.3, $"{Distance(plain)}");
        Assert.InRange(Distance(cut), 0.05, Distance(plain));

        double Distance(double[] gradient) =>
            Math.Sqrt(gradient.Zip(expected).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));

        double[] Gradient(double cap, bool importance)
        {
            var options = Plain with
            {
                Episodes = 1,
                RolloutSteps = 8,
                MiniBatch = 8,
                ReplayRatio = 1,
                ImportanceCap = cap,
                NormalizeObservations = false,
            };
            var network = Fixed(policy);
            var rollout = new RolloutBuffer(8, 1, 1);
            for (var step = 0; step < 8; step++)
            {
                rollout.Actions[step] = actions[step];
                rollout.LogProbabilities[step] = (float)Math.Log(behaviour[actions[step]]);
                rollout.Rewards[step] = (float)rewards[actions[step]];
                rollout.Ends[step] = EpisodeEnd.Terminated;
            }

            var replay = new RolloutReplay(options, network, new Seed(1), null);
            replay.Add(rollout);
            var drawn = replay.Draw(network, null)!;
            var slopes = new float[8];
            PpoLoss.Surrogate(
                drawn.Rollout.LogProbabilities, drawn.Rollout.LogProbabilities, drawn.Rollout.Advantages, 0.2, slopes,
                importance ? drawn.Importance : []);
            float[] logs = [.. policy.Select(p => (float)Math.Log(p))];
            var (sum, row) = (new double[3], new float[3]);
            for (var step = 0; step < 8; step++)
            {
                PpoLoss.ThroughLogits(logs, actions[step], slopes[step], 0, row);
                for (var j = 0; j < 3; j++)
                {
                    sum[j] += row[j];
                }
            }

            return sum;
        }
    }

    [Fact]
    public void Under_the_same_policy_corrected_advantages_are_gae()
    {
        var random = new Seed(3).Stream();
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
        var (rewards, values, finals, last) = (Draw(24), Draw(24), Draw(24), Draw(2));
        var ends = new EpisodeEnd[24];
        (ends[6], ends[9], ends[15]) = (EpisodeEnd.Terminated, EpisodeEnd.Truncated, EpisodeEnd.Truncated);
        float[] ones = [.. Enumerable.Repeat(1f, 24)];
        var (advantages, targets, gae, returns) = (new float[24], new float[24], new float[24], new float[24]);

        GeneralizedAdvantage.Compute(rewards, values, ends, finals, last, 0.9, 0.8, gae, returns);
        CorrectedAdvantage.Compute(
            rewards, values, ends, finals, last, ones, new PpoDiscounts(0.9, 0.8), advantages, targets);

        Assert.Equal(gae, advantages);
        Assert.Equal(returns, targets);
    }

    [Fact]
    public void Traces_cut_what_another_policy_would_not_have_done()
    {
        // δ = 1 + 0.5·2 − 0 = 2 and 4 + 0.5·6 − 2 = 5; λ = 1.
        var (advantages, targets) = (new float[2], new float[2]);

        CorrectedAdvantage.Compute(
            [1, 4], [0, 2], [EpisodeEnd.None, EpisodeEnd.None], [0, 0], [6], [0.5f, 0.2f],
            new PpoDiscounts(0.5, 1), advantages, targets);

        Assert.Equal([2 + 0.5f * 0.2f * 5, 5], advantages);
        Assert.Equal([0.5f * 2.5f, 2 + 0.2f * 5], targets);
    }

    [Fact]
    public void Ratios_that_leave_parts_of_episodes_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => (Plain with { ReplayRatio = 0.3, ReplayRollouts = 0, ImportanceCap = 0 }).Validated());

        Assert.Equal(
            [
                "these PPO settings cannot be used:",
                "  replay_ratio is 0.3; it must lie in [0, 1] and give whole numbers of the 4 episodes and of the 64 "
                    + "transitions of a minibatch",
                "  replay_rollouts is 0; it must be at least 1",
                "  importance_cap is 0; it must be above 0",
            ],
            refused.Message.Split('\n'));
    }

    private static PpoNetwork Network(PpoNetworkOptions shape, ulong seed)
    {
        var network = PpoNetwork.Create(shape, new Seed(seed).Stream());
        // The policy's last layer begins near zero, which would make all policies alike.
        var random = new Seed(seed).For("parameters").Stream();
        foreach (ref var parameter in network.Parameters)
        {
            parameter = (float)(0.5 * random.NextGaussian());
        }

        return network;
    }

    /// <summary>Acts with these probabilities whatever it sees, and values everything at 0.</summary>
    private static PpoNetwork Fixed(double[] probabilities)
    {
        var network = PpoNetwork.Create(
            new PpoNetworkOptions(1, probabilities.Length) { Hidden = [2] }, new Seed(1).Stream());
        network.Parameters.Clear();
        var bias = network.Policy.BiasOffset(network.Policy.Layers - 1);
        for (var action = 0; action < probabilities.Length; action++)
        {
            network.Parameters[bias + action] = (float)Math.Log(probabilities[action]);
        }

        return network;
    }

    private static PpoLearner Create(ulong seed, PpoOptions options, SecondThread? second = null) => new(
        options, new CartPoleEnvironment(4, new Seed(seed).For("environment")), new Seed(seed), null, second);

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
}

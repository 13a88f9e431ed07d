using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.CliffWalk;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.Replay;

/// <summary>
/// The blind cliffwalk of Schaul et al. 2016, section 3.1 and appendix B.1: a replay of all 2ⁿ action
/// sequences, one transition an update, a table of values with step 1/4 and γ = 1 − 1/n, until the mean
/// squared error to the true values is below 10⁻³.
/// </summary>
public sealed class CliffWalkSpecs
{
    private const int States = 10;
    private const double Gamma = 1 - 1.0 / States;

    [Fact]
    public void Prioritised_replay_needs_fewer_than_half_the_updates_of_uniform_replay()
    {
        var uniform = Enumerable.Range(1, 5).Select(seed => Updates(null, (ulong)seed)).Order().ToArray();
        var prioritised = Enumerable.Range(1, 5)
            .Select(seed => Updates(new PriorityOptions(), (ulong)seed)).Order().ToArray();

        Assert.True(prioritised[2] < uniform[2] / 2, $"medians: {prioritised[2]} and {uniform[2]} updates");
        Assert.True(prioritised[4] < uniform[0], $"worst {prioritised[4]} and best {uniform[0]}");
    }

    private static int Updates(PriorityOptions? priorities, ulong value)
    {
        var seed = new Seed(value);
        var environment = new CliffWalkEnvironment(States, 1, seed.For("walk"));
        var buffer = new ReplayBuffer(
            new ReplayOptions { Capacity = 4096, Gamma = Gamma, Priorities = priorities }, environment, 1);
        Fill(buffer, environment, seed.For("order").Stream());

        var (initial, draws) = (seed.For("values").Stream(), seed.For("draws").Stream());
        var values = new double[States, 2];
        for (var state = 0; state < States; state++)
        {
            (values[state, 0], values[state, 1]) = (0.1 * initial.NextGaussian(), 0.1 * initial.NextGaussian());
        }

        var batch = new ReplayBatch(1, States, 1);
        for (var update = 1; update <= 2_000_000; update++)
        {
            buffer.Sample(batch, draws, 0);
            var (state, action) = (Array.IndexOf(batch.Observations, 1f), (int)batch.Actions[0]);
            var next = Array.IndexOf(batch.NextObservations, 1f);
            var target = batch.Rewards[0]
                + batch.Discounts[0] * Math.Max(values[next, 0], values[next, 1]);
            var error = target - values[state, action];
            values[state, action] += 0.25 * error;
            buffer.Reprioritise(batch.Slots, [(float)Math.Abs(error)]);
            if (Distance(values, environment) < 1e-3)
            {
                return update;
            }
        }

        return int.MaxValue;
    }

    /// <summary>All sequences of actions in random order, each to its end.</summary>
    private static void Fill(ReplayBuffer buffer, CliffWalkEnvironment environment, RandomStream random)
    {
        var sequences = Enumerable.Range(0, 1 << States).ToArray();
        random.Shuffle(sequences.AsSpan());
        var step = new VectorStep(1, States);
        var observations = new float[States];
        environment.Reset(observations);
        foreach (var sequence in sequences)
        {
            var ended = false;
            for (var at = 0; !ended; at++)
            {
                int[] choice = [(sequence >> at) & 1];
                environment.Step(choice, step);
                buffer.Add(new Transitions(observations, [0], [choice[0]], step));
                step.Observations.CopyTo(observations, 0);
                ended = step.Ends[0] != EpisodeEnd.None;
            }
        }
    }

    private static double Distance(double[,] values, CliffWalkEnvironment environment)
    {
        var sum = 0.0;
        for (var state = 0; state < States; state++)
        {
            for (var action = 0; action < 2; action++)
            {
                var truth = action == environment.RightActions[state]
                    ? Math.Pow(Gamma, States - 1 - state) : 0;
                sum += Math.Pow(values[state, action] - truth, 2);
            }
        }

        return sum / (2 * States);
    }
}

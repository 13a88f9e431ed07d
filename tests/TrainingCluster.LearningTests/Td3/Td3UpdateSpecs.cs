using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Td3;

namespace TrainingCluster.LearningTests.Td3;

public sealed class Td3UpdateSpecs
{
    private const int Rows = 8;

    [Fact]
    public void Actor_and_slow_copies_move_in_every_second_update_only()
    {
        var algorithm = new Td3Algorithm(Options, 3, 2, 1, new Seed(1));
        var batch = Batch(0.9f);
        var errors = new float[Rows];

        for (var number = 0; number < 6; number++)
        {
            var (actor, slow, slowActor, critics) = (
                algorithm.PolicyParameters.ToArray(), algorithm.Critics.Target.ToArray(),
                algorithm.TargetActor.ToArray(), algorithm.Critics.Values.ToArray());

            algorithm.Update(batch, Step(number), errors);

            var moves = number % 2 == 1;
            Assert.Equal(moves, !actor.AsSpan().SequenceEqual(algorithm.PolicyParameters));
            Assert.Equal(moves, !slow.AsSpan().SequenceEqual(algorithm.Critics.Target));
            Assert.Equal(moves, !slowActor.AsSpan().SequenceEqual(algorithm.TargetActor));
            Assert.False(critics.AsSpan().SequenceEqual(algorithm.Critics.Values));
        }
    }

    [Fact]
    public void The_slow_copies_go_a_two_hundredth_of_the_way()
    {
        var algorithm = new Td3Algorithm(Options with { PolicyDelay = 1 }, 3, 2, 1, new Seed(1));
        var before = algorithm.Critics.Target.ToArray();

        algorithm.Update(Batch(0.9f), Step(0), new float[Rows]);

        var (values, target) = (algorithm.Critics.Values.ToArray(), algorithm.Critics.Target.ToArray());
        for (var i = 0; i < target.Length; i++)
        {
            Assert.Equal(before[i] + 0.005 * (values[i] - before[i]), target[i], 1e-7);
        }
    }

    [Fact]
    public void Without_noise_the_target_is_the_smaller_of_the_slow_values()
    {
        var options = Options with { TargetNoise = 0 };
        var (once, doubled) =
            (new Td3Algorithm(options, 3, 2, 1, new Seed(1)), new Td3Algorithm(options, 3, 2, 1, new Seed(1)));
        var (errors, bootstrapped) = (new float[Rows], new float[Rows]);
        var smaller = new float[Rows];
        var batch = Batch(0);
        var actions = new float[2 * Rows];
        var policy = once.Policy(once.TargetActor);
        for (var row = 0; row < Rows; row++)
        {
            policy.Act(batch.NextObservations.AsSpan(row * 3, 3), actions.AsSpan(row * 2, 2));
        }

        once.Critics.TargetMinimum(batch.NextObservations, actions, Rows, smaller);
        // The same critic errors, once by bootstrap, once with the value put into the reward.
        doubled.Update(Batch(0.9f), Step(0), bootstrapped);
        for (var row = 0; row < Rows; row++)
        {
            batch.Rewards[row] += 0.9f * smaller[row];
        }

        once.Update(batch, Step(0), errors);

        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal(errors[row], bootstrapped[row], 1e-5);
        }
    }

    private static Td3Options Options => new()
    {
        Learning = new OffPolicyOptions { TotalSteps = 100, BatchSize = Rows },
        Hidden = [12, 12],
    };

    private static UpdateStep Step(long number) =>
        new(number, 1e-3, double.PositiveInfinity, false, false, new RandomStream(4));

    private static ReplayBatch Batch(float discount)
    {
        var random = new RandomStream(6);
        var batch = new ReplayBatch(Rows, 3, 2);
        void Fill(float[] values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(2 * random.NextDouble() - 1);
            }
        }

        Fill(batch.Observations);
        Fill(batch.NextObservations);
        Fill(batch.Actions);
        Fill(batch.Rewards);
        Array.Fill(batch.Discounts, discount);
        Array.Fill(batch.Weights, 1f);
        return batch;
    }
}

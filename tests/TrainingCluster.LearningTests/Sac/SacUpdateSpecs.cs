using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Sac;

namespace TrainingCluster.LearningTests.Sac;

public sealed class SacUpdateSpecs
{
    private const int Rows = 32;

    [Theory]
    [InlineData(50.0, 1)]
    [InlineData(-50.0, -1)]
    public void The_temperature_moves_towards_the_wanted_entropy(double wanted, int direction)
    {
        var algorithm = Create(new SacOptions { Learning = Learning, TargetEntropy = wanted, Hidden = [16] });

        algorithm.Update(Batch(), Step(0), new float[Rows]);

        Assert.Equal(direction, Math.Sign(algorithm.Temperature - 1));
    }

    [Fact]
    public void A_fixed_temperature_stays()
    {
        var algorithm = Create(new SacOptions
        {
            Learning = Learning,
            AutomaticTemperature = false,
            InitialTemperature = 0.25,
            Hidden = [16],
        });

        algorithm.Update(Batch(), Step(0), new float[Rows]);

        Assert.Equal(0.25f, algorithm.Temperature, 1e-6f);
    }

    [Fact]
    public void The_default_entropy_is_minus_the_entries_of_an_action()
    {
        var given = Create(new SacOptions { Learning = Learning, TargetEntropy = -2, Hidden = [16] });
        var automatic = Create(new SacOptions { Learning = Learning, Hidden = [16] });

        given.Update(Batch(), Step(0), new float[Rows]);
        automatic.Update(Batch(), Step(0), new float[Rows]);

        Assert.Equal(given.Temperature, automatic.Temperature);
    }

    [Fact]
    public void The_slow_critics_follow_without_a_gradient_of_their_own()
    {
        var algorithm = Create(new SacOptions { Learning = Learning, Hidden = [16] });
        var before = algorithm.Critics.Target.ToArray();

        algorithm.Update(Batch(), Step(0), new float[Rows]);

        var (values, target) = (algorithm.Critics.Values.ToArray(), algorithm.Critics.Target.ToArray());
        for (var i = 0; i < target.Length; i++)
        {
            Assert.Equal(before[i] + 0.005 * (values[i] - before[i]), target[i], 1e-7);
        }
    }

    private static OffPolicyOptions Learning => new() { TotalSteps = 100, BatchSize = Rows };

    private static SacAlgorithm Create(SacOptions options) => new(options, 3, 2, 1, new Seed(1));

    private static UpdateStep Step(long number) =>
        new(number, 1e-3, double.PositiveInfinity, false, false, new RandomStream(4));

    private static ReplayBatch Batch()
    {
        var random = new RandomStream(6);
        var batch = new ReplayBatch(Rows, 3, 2);
        foreach (var values in new[] { batch.Observations, batch.NextObservations, batch.Actions, batch.Rewards })
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(2 * random.NextDouble() - 1);
            }
        }

        Array.Fill(batch.Discounts, 0.9f);
        Array.Fill(batch.Weights, 1f);
        return batch;
    }
}

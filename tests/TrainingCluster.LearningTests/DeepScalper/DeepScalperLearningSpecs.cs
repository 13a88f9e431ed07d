using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.DeepScalper;

[Trait("Category", "slow")]
public sealed class DeepScalperLearningSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_earns_predicts_volatility_and_holds_longer_with_the_bonus(ulong value)
    {
        var seed = new Seed(value);
        var minutes = new PlantedMinutes(seed.For("market"));

        var (with, without) = (Trained(minutes, seed, 0.5), Trained(minutes, seed, 0));

        var rewarded = minutes.Trade(Policy(with));
        var plain = minutes.Trade(Policy(without));
        var fit = minutes.VolatilityFit(with);
        var text = $"with the bonus {rewarded}, without {plain}, fit {fit}";
        // Flat earns nothing.
        Assert.True(rewarded.Return > 0, text);
        Assert.True(rewarded.Holding > 1.2 * plain.Holding, text);
        Assert.True(fit > 0.3, text);
    }

    private static IGreedyPolicy Policy(DeepScalperLearner learner) =>
        learner.Learner.Policy(learner.Learner.Current());

    private static DeepScalperLearner Trained(PlantedMinutes minutes, Seed seed, double hindsightWeight)
    {
        const int steps = 50_000;
        var options = new DeepScalperOptions
        {
            Learning = new OffPolicyOptions
            {
                TotalSteps = steps,
                LearningStarts = 2_000,
                UpdatesPerRound = 2,
                BatchSize = 64,
                LearningRate = new LinearSchedule(1e-3, 1e-4, steps),
                MaximumGradientNorm = 10,
                // It sees some 5 bars ahead where trends last some 30: the short sight that the bonus is meant for.
                Replay = new ReplayOptions
                {
                    Capacity = 50_000,
                    Gamma = 0.8,
                    Priorities = new PriorityOptions(),
                },
            },
            MicroEncoder = [32],
            MacroEncoder = [16],
            Trunk = [64],
            Head = [32],
            HindsightWeight = hindsightWeight,
            HindsightBars = 30,
            AuxiliaryWeight = 0.5,
            VolatilityBars = PlantedMinutes.VolatilityBars,
            TargetEverySteps = 1_000,
            Exploration = new LinearSchedule(1, 0.05, steps / 2),
        };
        var learner = new DeepScalperLearner(
            options, minutes.Training(8, seed.For("episodes")), minutes.Market, PlantedMinutes.Layout, seed);
        while (!learner.Learner.Finished)
        {
            learner.Learner.Iterate();
        }

        return learner;
    }
}

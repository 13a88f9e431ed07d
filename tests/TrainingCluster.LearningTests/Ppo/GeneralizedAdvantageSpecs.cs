using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class GeneralizedAdvantageSpecs
{
    private static readonly float[] Rewards = [1, 0, 2, -1, 0.5f, 1];
    private static readonly float[] Values = [0.5f, 0.2f, 1, -0.3f, 0.4f, 0.1f];

    /// <summary>Golden numbers of Stable-Baselines3's rollout buffer (γ .99, λ .95).</summary>
    [Fact]
    public void Advantages_and_returns_equal_the_golden_numbers()
    {
        var ends = new EpisodeEnd[6];
        ends[2] = EpisodeEnd.Terminated;

        var (advantages, returns) = Compute(ends, new float[6], 0.99, 0.95);

        Near([2.325535297393799f, 1.7304999828338623f, 1, 1.2922321557998657f, 1.697216510772705f,
            1.593000054359436f], advantages);
        Near([2.825535297393799f, 1.9305000305175781f, 2, 0.9922321438789368f, 2.0972166061401367f,
            1.693000078201294f], returns);
    }

    [Fact]
    public void A_truncated_step_adds_the_value_of_the_last_observation_and_a_terminated_one_does_not()
    {
        var ends = new EpisodeEnd[6];
        var finals = new float[6];
        finals[2] = 7;

        ends[2] = EpisodeEnd.Terminated;
        var terminated = Compute(ends, finals, 0.99, 0.95).Advantages;
        ends[2] = EpisodeEnd.Truncated;
        var truncated = Compute(ends, finals, 0.99, 0.95).Advantages;

        Assert.Equal(2f - 1f, terminated[2], 1e-6);
        Assert.Equal(2 + 0.99 * 7 - 1, truncated[2], 1e-5);
        Assert.Equal(terminated[3..], truncated[3..]);
    }

    [Fact]
    public void With_lambda_one_an_advantage_is_the_discounted_return_less_the_value()
    {
        var advantages = Compute(new EpisodeEnd[6], new float[6], 0.9, 1).Advantages;

        var expected = 0.7;
        for (var step = 5; step >= 0; step--)
        {
            expected = Rewards[step] + 0.9 * expected;
            Assert.Equal(expected - Values[step], advantages[step], 1e-5);
        }
    }

    [Fact]
    public void With_lambda_zero_an_advantage_is_the_error_of_one_step()
    {
        var advantages = Compute(new EpisodeEnd[6], new float[6], 0.9, 0).Advantages;

        for (var step = 0; step < 6; step++)
        {
            var next = step == 5 ? 0.7 : Values[step + 1];
            Assert.Equal(Rewards[step] + 0.9 * next - Values[step], advantages[step], 1e-6);
        }
    }

    private static (float[] Advantages, float[] Returns) Compute(
        EpisodeEnd[] ends, float[] finals, double gamma, double lambda)
    {
        var (advantages, returns) = (new float[6], new float[6]);
        GeneralizedAdvantage.Compute(Rewards, Values, ends, finals, [0.7f], gamma, lambda, advantages,
            returns);
        return (advantages, returns);
    }

    private static void Near(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }
}

using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Policies;

/// <summary>A trained decision rule of any agent: a raw observation in, a position out. No randomness; one
/// thread.</summary>
public interface ITradingPolicy
{
    /// <summary>The position that is wanted at a bar, −1 to 1.</summary>
    /// <param name="dynamics">Says what an action means as a position.</param>
    /// <param name="held">Position before the decision.</param>
    /// <param name="observation">[entry], raw.</param>
    double Target(MarketDynamics dynamics, int bar, double held, ReadOnlySpan<float> observation);
}

/// <summary>The likeliest action of PPO.</summary>
public sealed class LikeliestAction(PpoPolicy policy) : ITradingPolicy
{
    public double Target(MarketDynamics dynamics, int bar, double held, ReadOnlySpan<float> observation) =>
        dynamics.Target(bar, held, (MarketAction)policy.Act(observation));
}

/// <summary>What the number of an action means.</summary>
internal enum ActionMeaning
{
    /// <summary>A <see cref="MarketAction"/>.</summary>
    Choice,

    /// <summary>A position under <see cref="TargetFrame.Strategy"/>: −1 is flat, 1 full size in the strategy's
    /// direction.</summary>
    Number,

    /// <summary>The choices of <see cref="MarketDynamics.Branches"/>.</summary>
    Branches,
}

/// <summary>The greedy action of a learner from replay.</summary>
internal sealed class GreedyAction(IGreedyPolicy policy, ActionMeaning meaning) : ITradingPolicy
{
    private readonly float[] _action = new float[meaning == ActionMeaning.Branches ? 2 : 1];

    public double Target(MarketDynamics dynamics, int bar, double held, ReadOnlySpan<float> observation)
    {
        policy.Act(observation, _action);
        return meaning switch
        {
            ActionMeaning.Choice => dynamics.Target(bar, held, (MarketAction)(int)_action[0]),
            ActionMeaning.Number => dynamics.Target(
                bar, Math.Clamp((double)_action[0], -1, 1), TargetFrame.Strategy),
            _ => dynamics.Target(bar, held, (int)_action[0], (int)_action[1]),
        };
    }
}

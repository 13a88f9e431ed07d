using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Environments.Market;

/// <summary>
/// Potential-based shaping of the rewards of training episodes: γ · Φ(s′) − Φ(s) is added to each, which leaves the
/// best policy what it was (Ng, Harada, Russell 1999, "Policy invariance under reward transformations"). Φ is the
/// position times how strongly the last bars went up (<see cref="MarketColumns.Trend"/>), so that a position is worth
/// more while bars go its way; flat it is 0, as it is at the ruin that ends an episode. Evaluations play
/// <see cref="MarketDynamics"/> itself and know nothing of it.
/// </summary>
/// <param name="Weight">In mean absolute returns of a full position on the training window, so that it means the same
/// on minutes and on days; above 0.</param>
/// <param name="Discount">The learner's γ, in [0, 1]: with another one the best policy would change.</param>
public sealed record RewardShaping(double Weight, double Discount)
{
    /// <summary>The hyper-parameter of agents and hybrids that holds <see cref="Weight"/>.</summary>
    public const string WeightName = "shaping_weight";

    /// <summary>The step of a pipeline whose columns Φ is made of.</summary>
    public const string Step = "reward_features";

    /// <summary>What the columns of <see cref="Step"/> begin with.</summary>
    internal const string ColumnPrefix = "reward_";

    /// <summary>The names that a spec of an agent or hybrid may set although budgets do not have them.</summary>
    internal static HyperParameters Optional { get; } = HyperParameters.Of((WeightName, 0));

    /// <summary>The weight for every agent of a run, and for hybrids of them; null where it is 0.</summary>
    public static BudgetOverrides? Overrides(
        double weight, ImmutableArray<Stage> stages, ImmutableArray<string> agents) => weight == 0 ? null
        : BudgetOverrides.Of(
        [
            .. stages.Where(stage => stage is Stage.Agent or Stage.Hybrid)
                .SelectMany(stage => stage == Stage.Agent ? agents : [Stages.TypeName(stage)])
                .Select(type => ($"{type}.{WeightName}", weight)),
        ]);

    /// <summary>Null where the weight is 0 or not set: rewards are not shaped.</summary>
    internal static RewardShaping? From(HyperParameters values) =>
        values.Values.GetValueOrDefault(WeightName) is not 0 and var weight
            ? new RewardShaping(weight, values["gamma"])
            : null;

    /// <summary>Every violation, naming the value and the rule.</summary>
    internal IEnumerable<string> Violations()
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
        {
            yield return FormattableString.Invariant(
                $"{WeightName} is {Weight}; it must be above 0 and finite, or 0 for rewards as they are");
        }

        if (Discount is not (>= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"the discount is {Discount}; it must lie in [0, 1]");
        }
    }
}

using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.Agents;

/// <summary>The numbers that all agents from replay have in common, for each budget.</summary>
internal static class ReplayBudgets
{
    public static HyperParameters Training(BudgetName budget)
    {
        var quick = HyperParameters.Of(
            ("total_steps", 32_768),
            ("episodes", 16),
            ("rollout_steps", 32),
            ("updates_per_rollout", 64),
            ("learning_starts", 2_048),
            ("batch", 256),
            ("capacity", 32_768),
            ("learning_rate", 0.001),
            ("gamma", 0.9),
            ("maximum_gradient_norm", 10),
            ("hidden", 64),
            ("episode_bars_minimum", 120),
            ("episode_bars_maximum", 250),
            ("validate_every", 2));
        return budget switch
        {
            BudgetName.Quick => quick,
            BudgetName.Standard => quick.With("total_steps", 163_840).With("capacity", 100_000)
                .With("learning_rate", 0.0005),
            BudgetName.Full => quick.With("total_steps", 655_360).With("capacity", 500_000)
                .With("learning_rate", 0.0003).With("validate_every", 5),
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "there is no such budget"),
        };
    }

    public static HyperParameters Tuning(BudgetName budget)
    {
        var quick = HyperParameters.Of(
            ("total_steps", 8_192),
            ("episodes", 16),
            ("rollout_steps", 64),
            ("updates_per_rollout", 12),
            ("learning_starts", 0),
            ("batch", 256),
            ("capacity", 8_192),
            ("learning_rate", 0.0001),
            ("encoder_rate_factor", 0.3),
            ("gamma", 0.9),
            ("maximum_gradient_norm", 0.5),
            ("episode_bars_minimum", 120),
            ("episode_bars_maximum", 250),
            ("validate_every", 1));
        return budget switch
        {
            BudgetName.Quick => quick,
            BudgetName.Standard => quick.With("total_steps", 32_768).With("capacity", 32_768)
                .With("learning_rate", 0.00005),
            BudgetName.Full => quick.With("total_steps", 131_072).With("capacity", 131_072)
                .With("learning_rate", 0.00003),
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "there is no such budget"),
        };
    }

    /// <summary>With further numbers of one agent.</summary>
    public static HyperParameters And(this HyperParameters common, HyperParameters own) =>
        new(common.Values.SetItems(own.Values));

    /// <summary>The rate falls linearly to a tenth.</summary>
    public static OffPolicyOptions Learning(HyperParameters values, PriorityOptions? priorities) => new()
    {
        TotalSteps = values.Whole("total_steps"),
        LearningStarts = values.Whole("learning_starts"),
        StepsPerRound = values.Whole("rollout_steps"),
        UpdatesPerRound = values.Whole("updates_per_rollout"),
        BatchSize = values.Whole("batch"),
        LearningRate = new LinearSchedule(
            values["learning_rate"], values["learning_rate"] / 10, values.Whole("total_steps")),
        MaximumGradientNorm = values["maximum_gradient_norm"],
        NormalizeObservations = true,
        Replay = new ReplayOptions
        {
            Capacity = values.Whole("capacity"),
            Gamma = values["gamma"],
            Priorities = priorities,
        },
    };

    public static MarketEpisodeOptions Episodes(HyperParameters values) => new MarketEpisodeOptions
    {
        MinimumBars = values.Whole("episode_bars_minimum"),
        MaximumBars = values.Whole("episode_bars_maximum"),
        Shaping = RewardShaping.From(values),
    }.Validated();

    /// <summary>Chance of a random choice, which falls over a share of the training.</summary>
    public static Schedule Exploration(HyperParameters values) => new LinearSchedule(
        values["exploration_start"], values["exploration_end"],
        Math.Max(1, (long)(values["exploration_share"] * values["total_steps"])));
}

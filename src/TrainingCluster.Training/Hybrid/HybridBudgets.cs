using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>The numbers of a hybrid's fine-tuning for each budget.</summary>
internal static class HybridBudgets
{
    public static HyperParameters For(BudgetName budget)
    {
        var quick = HyperParameters.Of(
            ("total_steps", 12_288),
            ("episodes", 16),
            ("rollout_steps", 64),
            ("epochs", 2),
            ("mini_batch", 256),
            ("learning_rate", 0.0001),
            ("encoder_rate_factor", 0.3),
            ("anchor_weight", 0.5),
            ("clip_range", 0.2),
            ("gamma", 0.9),
            ("lambda", 0.9),
            ("entropy_weight", 0.0),
            ("value_weight", 0.5),
            ("maximum_gradient_norm", 0.5),
            ("target_kl", 0.02),
            ("episode_bars_minimum", 120),
            ("episode_bars_maximum", 250),
            ("validate_every", 1));
        return budget switch
        {
            BudgetName.Quick => quick,
            BudgetName.Standard => quick.With("total_steps", 49_152).With("learning_rate", 0.00005),
            BudgetName.Full => quick.With("total_steps", 196_608).With("learning_rate", 0.00003)
                .With("rollout_steps", 128).With("mini_batch", 512),
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "there is no such budget"),
        };
    }

    /// <param name="hidden">Widths of the policy that the hybrid begins with.</param>
    /// <exception cref="ArgumentException">Numbers are out of range.</exception>
    public static HybridOptions Options(HyperParameters values, ImmutableArray<int> hidden) =>
        new HybridOptions(
        new PpoOptions
        {
            TotalSteps = values.Whole("total_steps"),
            Episodes = values.Whole("episodes"),
            RolloutSteps = values.Whole("rollout_steps"),
            Epochs = values.Whole("epochs"),
            MiniBatch = values.Whole("mini_batch"),
            LearningRate = values["learning_rate"],
            ClipRange = values["clip_range"],
            Gamma = values["gamma"],
            Lambda = values["lambda"],
            EntropyWeight = values["entropy_weight"],
            ValueWeight = values["value_weight"],
            MaximumGradientNorm = values["maximum_gradient_norm"],
            TargetKl = values["target_kl"],
            Hidden = hidden,
            LinearSchedules = true,
            NormalizeObservations = true,
        },
        new MarketEpisodeOptions
        {
            MinimumBars = values.Whole("episode_bars_minimum"),
            MaximumBars = values.Whole("episode_bars_maximum"),
            Shaping = RewardShaping.From(values),
        },
        values["encoder_rate_factor"],
        values["anchor_weight"],
        values.Whole("validate_every")).Validated();
}

using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Ppo;

/// <summary>The numbers of PPO's training on a market for each budget.</summary>
internal static class PpoBudgets
{
    public static HyperParameters For(BudgetName budget)
    {
        var quick = HyperParameters.Of(
            ("total_steps", 98_304),
            ("episodes", 16),
            ("rollout_steps", 128),
            ("epochs", 4),
            ("mini_batch", 512),
            ("learning_rate", 0.001),
            ("clip_range", 0.2),
            ("gamma", 0.9),
            ("lambda", 0.9),
            ("entropy_weight", 0.01),
            ("value_weight", 0.5),
            ("maximum_gradient_norm", 0.5),
            ("target_kl", 0.03),
            ("hidden", 64),
            ("episode_bars_minimum", 120),
            ("episode_bars_maximum", 250),
            ("validate_every", 2),
            ("replay_ratio", 0));
        return budget switch
        {
            BudgetName.Quick => quick,
            BudgetName.Standard => quick.With("total_steps", 491_520).With("learning_rate", 0.0005),
            BudgetName.Full => quick.With("total_steps", 1_966_080).With("learning_rate", 0.0003)
                .With("episodes", 32).With("mini_batch", 1024).With("validate_every", 5),
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget, "there is no such budget"),
        };
    }

    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    public static PpoTrainerOptions Options(HyperParameters values) => new(
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
            Hidden = [values.Whole("hidden"), values.Whole("hidden")],
            ReplayRatio = values["replay_ratio"],
            LinearSchedules = true,
            NormalizeObservations = true,
        }.Validated(),
        new MarketEpisodeOptions
        {
            MinimumBars = values.Whole("episode_bars_minimum"),
            MaximumBars = values.Whole("episode_bars_maximum"),
            Shaping = RewardShaping.From(values),
        }.Validated(),
        Math.Max(1, values.Whole("validate_every")));
}

using TrainingCluster.Training.Ppo.Recurrent;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// The settings of PPO. Defaults are those of Schulman et al. 2017 (arXiv:1707.06347, table 3) as
/// Stable-Baselines3 uses them, where a property does not say otherwise.
/// </summary>
public sealed record PpoOptions
{
    /// <summary>Episodes side by side.</summary>
    public int Episodes { get; init; } = 8;

    /// <summary>Steps of each episode in one rollout.</summary>
    public int RolloutSteps { get; init; } = 128;

    /// <summary>Steps over all episodes after which training ends; rounded up to whole rollouts.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Passes over a rollout.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>
    /// Transitions of a minibatch; must divide <see cref="Episodes"/> × <see cref="RolloutSteps"/>.
    /// </summary>
    public int MiniBatch { get; init; } = 256;

    public double LearningRate { get; init; } = 3e-4;

    public double ClipRange { get; init; } = 0.2;

    /// <summary>Learning rate and clip range fall linearly to 0 over <see cref="TotalSteps"/>.</summary>
    public bool LinearSchedules { get; init; }

    /// <summary>
    /// The learning rate by steps over all episodes; null: <see cref="LearningRate"/> and
    /// <see cref="LinearSchedules"/> say it.
    /// </summary>
    public Schedule? LearningRateSchedule { get; init; }

    /// <summary>The clip range likewise.</summary>
    public Schedule? ClipSchedule { get; init; }

    /// <summary>The entropy weight by steps; null: <see cref="EntropyWeight"/> all the time.</summary>
    public Schedule? EntropySchedule { get; init; }

    /// <summary>
    /// How far a value may move from the one of the rollout before its error counts against it, in units of the
    /// return; null: values are not clipped.
    /// </summary>
    public double? ValueClipRange { get; init; }

    public double Gamma { get; init; } = 0.99;

    public double Lambda { get; init; } = 0.95;

    public double EntropyWeight { get; init; }

    public double ValueWeight { get; init; } = 0.5;

    /// <summary>Largest norm of the gradient over both networks; a longer one is scaled down.</summary>
    public double MaximumGradientNorm { get; init; } = 0.5;

    public double AdamEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// An iteration's updates stop once the approximate KL exceeds 1.5 times this; null never stops.
    /// </summary>
    public double? TargetKl { get; init; }

    /// <summary>Scale observations by running statistics.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>
    /// Replayed transitions beside each fresh one in every minibatch, from earlier rollouts and weighted by
    /// importance; 0 is plain PPO. Times <see cref="Episodes"/> and times <see cref="MiniBatch"/> it must be whole.
    /// </summary>
    public double ReplayRatio { get; init; }

    /// <summary>Earlier rollouts that are kept for it.</summary>
    public int ReplayRollouts { get; init; } = 8;

    /// <summary>The largest importance of a replayed transition; infinity cuts none.</summary>
    public double ImportanceCap { get; init; } = 1;

    /// <summary>
    /// Policy and value read what an LSTM, or convolutions and an LSTM, make of the last observations; null: they read
    /// the observation. It goes with neither replay nor scaled observations.
    /// </summary>
    public PpoMemoryOptions? Memory { get; init; }

    public ImmutableArray<int> Hidden { get; init; } = [64, 64];

    public int TransitionsPerIteration => Episodes * RolloutSteps;

    /// <summary>Episodes' columns that an iteration replays.</summary>
    public int ReplayedEpisodes => (int)(ReplayRatio * Episodes);

    /// <summary>Replayed transitions of a minibatch.</summary>
    public int ReplayedRows => (int)(ReplayRatio * MiniBatch);

    public long Iterations => (TotalSteps + TransitionsPerIteration - 1) / TransitionsPerIteration;

    /// <summary>Updates of the whole training at most.</summary>
    internal long MiniBatches => Iterations * Epochs * (TransitionsPerIteration / MiniBatch);

    /// <summary>The numbers of the updates after a rollout.</summary>
    /// <param name="steps">Steps over all episodes, the rollout's included: as Stable-Baselines3 counts.</param>
    internal (double LearningRate, PpoLossWeights Weights) At(long steps)
    {
        var left = LinearSchedules ? Math.Max(0, 1 - (double)steps / TotalSteps) : 1;
        var weights = new PpoLossWeights(
            ClipSchedule?.At(steps) ?? ClipRange * left, ValueWeight,
            EntropySchedule?.At(steps) ?? EntropyWeight, ValueClip: ValueClipRange);
        return (LearningRateSchedule?.At(steps) ?? LearningRate * left, weights);
    }

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public PpoOptions Validated()
    {
        var violations = new List<string>();
        void Rule(bool holds, string text)
        {
            if (!holds)
            {
                violations.Add(text);
            }
        }

        Rule(Episodes >= 1, $"episodes is {Episodes}; it must be at least 1");
        Rule(RolloutSteps >= 1, $"rollout_steps is {RolloutSteps}; it must be at least 1");
        Rule(TotalSteps >= 1, $"total_steps is {TotalSteps}; it must be at least 1");
        Rule(Epochs >= 1, $"epochs is {Epochs}; it must be at least 1");
        Rule(
            MiniBatch >= 2 && TransitionsPerIteration % Math.Max(1, MiniBatch) == 0,
            $"mini_batch is {MiniBatch}; it must be at least 2 and divide the {TransitionsPerIteration} "
            + "transitions of a rollout (episodes × rollout_steps)");
        Rule(LearningRate > 0, $"learning_rate is {LearningRate}; it must be above 0");
        Rule(ClipRange > 0, $"clip_range is {ClipRange}; it must be above 0");
        Rule(Gamma is >= 0 and <= 1, $"gamma is {Gamma}; it must lie in [0, 1]");
        Rule(Lambda is >= 0 and <= 1, $"lambda is {Lambda}; it must lie in [0, 1]");
        Rule(EntropyWeight >= 0, $"entropy_weight is {EntropyWeight}; it must be at least 0");
        Rule(ValueWeight >= 0, $"value_weight is {ValueWeight}; it must be at least 0");
        Rule(MaximumGradientNorm > 0, $"maximum_gradient_norm is {MaximumGradientNorm}; it must be above 0");
        Rule(ValueClipRange is null or > 0,
            $"value_clip_range is {ValueClipRange}; it must be above 0 or left out");
        Rule(TargetKl is null or > 0, $"target_kl is {TargetKl}; it must be above 0 or left out");
        Rule(ReplayRatio is >= 0 and <= 1 && double.IsInteger(ReplayRatio * Episodes)
            && double.IsInteger(ReplayRatio * MiniBatch),
            $"replay_ratio is {ReplayRatio}; it must lie in [0, 1] and give whole numbers of the {Episodes} episodes "
            + $"and of the {MiniBatch} transitions of a minibatch");
        Rule(ReplayRollouts >= 1, $"replay_rollouts is {ReplayRollouts}; it must be at least 1");
        Rule(ImportanceCap > 0, $"importance_cap is {ImportanceCap}; it must be above 0");
        violations.AddRange(Memory?.Shape(1).Violations() ?? []);
        Rule(Memory is null || (ReplayRatio == 0 && !NormalizeObservations),
            $"a memory is set, with replay_ratio {ReplayRatio} and normalize_observations {NormalizeObservations}; "
            + "a policy with a memory has neither");
        return violations.Count == 0
            ? this
            : throw new ArgumentException("these PPO settings cannot be used:\n  "
                + string.Join("\n  ", violations));
    }
}

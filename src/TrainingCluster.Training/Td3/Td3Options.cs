using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.Td3;

/// <summary>Settings of TD3; actions lie in ±1.</summary>
public sealed record Td3Options
{
    public required OffPolicyOptions Learning { get; init; }

    /// <summary>Widths of the rectified layers of actor and critics.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [256, 256];

    /// <summary>Share of the way that the slow copies go whenever the actor learns.</summary>
    public double TargetShare { get; init; } = 0.005;

    /// <summary>Updates of the critics for one of the actor.</summary>
    public int PolicyDelay { get; init; } = 2;

    /// <summary>Standard deviation of what smooths the target action.</summary>
    public double TargetNoise { get; init; } = 0.2;

    /// <summary>Where that noise is cut.</summary>
    public double TargetNoiseLimit { get; init; } = 0.5;

    /// <summary>Standard deviation of what is added to actions to learn from.</summary>
    public Schedule ExplorationNoise { get; init; } = new ConstantSchedule(0.1);

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        if (!(TargetShare > 0 && TargetShare <= 1))
        {
            yield return $"target_share is {TargetShare}; it must lie in (0, 1]";
        }

        if (PolicyDelay < 1)
        {
            yield return $"policy_delay is {PolicyDelay}; it must be at least 1";
        }

        if (!(TargetNoise >= 0 && TargetNoiseLimit >= 0))
        {
            yield return $"target_noise is {TargetNoise}, cut at {TargetNoiseLimit}; "
                + "both must be at least 0";
        }

        foreach (var violation in Learning.Range("exploration_noise", ExplorationNoise, 10)
            .Concat(Learning.Violations()))
        {
            yield return violation;
        }
    }

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public Td3Options Validated()
    {
        OffPolicyOptions.Refuse("TD3", Violations());
        return this;
    }
}

using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Sac;

/// <summary>Settings of SAC.</summary>
public sealed record SacOptions
{
    public required OffPolicyOptions Learning { get; init; }

    /// <summary>Widths of the rectified layers of actor and critics.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [256, 256];

    /// <summary>Share of the way that the slow critics go in each update.</summary>
    public double TargetShare { get; init; } = 0.005;

    /// <summary>α at the start.</summary>
    public double InitialTemperature { get; init; } = 1;

    /// <summary>Let α follow the entropy; else it stays.</summary>
    public bool AutomaticTemperature { get; init; } = true;

    /// <summary>Entropy that an automatic α holds, in nats; null: minus the entries of an action.</summary>
    public double? TargetEntropy { get; init; }

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        if (!(TargetShare > 0 && TargetShare <= 1))
        {
            yield return $"target_share is {TargetShare}; it must lie in (0, 1]";
        }

        if (!(InitialTemperature > 0))
        {
            yield return $"initial_temperature is {InitialTemperature}; it must be above 0";
        }

        foreach (var violation in Learning.Violations())
        {
            yield return violation;
        }
    }

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public SacOptions Validated()
    {
        OffPolicyOptions.Refuse("SAC", Violations());
        return this;
    }
}

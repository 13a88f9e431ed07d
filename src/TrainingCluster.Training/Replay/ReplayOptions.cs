namespace TrainingCluster.Training.Replay;

/// <summary>What a <see cref="ReplayBuffer"/> keeps and how it draws.</summary>
public sealed record ReplayOptions
{
    /// <summary>Transitions kept; the oldest go first. Rounded down to whole steps of all episodes.</summary>
    public int Capacity { get; init; } = 100_000;

    /// <summary>Rewards summed up before the bootstrap (Sutton, Barto 2018, section 7.1); 1 is one
    /// step.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Discount of one step, in [0, 1].</summary>
    public double Gamma { get; init; } = 0.99;

    /// <summary>Draw in proportion to priorities; null draws each transition alike.</summary>
    public PriorityOptions? Priorities { get; init; }

    /// <summary>
    /// Goals put in hindsight for each real one (Andrychowicz et al. 2017, k of strategy "future"); 0 keeps
    /// the real goals alone.
    /// </summary>
    public int HindsightGoals { get; init; }

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        if (Capacity < 1)
        {
            yield return $"buffer capacity is {Capacity}; it must be at least 1";
        }

        if (Steps is < 1 or > 1000)
        {
            yield return $"n_step is {Steps}; it must lie in 1 to 1000";
        }

        if (Gamma is not (>= 0 and <= 1))
        {
            yield return $"gamma is {Gamma}; it must lie in [0, 1]";
        }

        if (HindsightGoals < 0)
        {
            yield return $"hindsight_goals is {HindsightGoals}; it must be at least 0";
        }

        foreach (var violation in Priorities?.Violations() ?? [])
        {
            yield return violation;
        }
    }
}

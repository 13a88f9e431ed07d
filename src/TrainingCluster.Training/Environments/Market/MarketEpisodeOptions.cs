namespace TrainingCluster.Training.Environments.Market;

/// <summary>How long training episodes are.</summary>
public sealed record MarketEpisodeOptions
{
    /// <summary>Fewest decisions of an episode; cut to the window where that is shorter.</summary>
    public int MinimumBars { get; init; } = 120;

    /// <summary>Most decisions of an episode; cut to the window where that is shorter.</summary>
    public int MaximumBars { get; init; } = 250;

    /// <summary>An episode whose equity falls to this share of its start is terminated.</summary>
    public double RuinEquityRatio { get; init; } = 0.5;

    /// <summary>What the numbers of continuous actions mean.</summary>
    public TargetFrame Frame { get; init; } = TargetFrame.Strategy;

    /// <summary>What is added to the rewards of training; null: they are what the position earned.</summary>
    public RewardShaping? Shaping { get; init; }

    /// <exception cref="ArgumentException">A rule is broken.</exception>
    public MarketEpisodeOptions Validated()
    {
        if (Shaping?.Violations().ToArray() is { Length: > 0 } violations)
        {
            throw new ArgumentException(string.Join("; ", violations));
        }

        return MinimumBars >= 1 && MaximumBars >= MinimumBars && RuinEquityRatio is >= 0 and < 1
            ? this
            : throw new ArgumentException(
                $"episodes last {MinimumBars} to {MaximumBars} bars and end at {RuinEquityRatio} of their "
                + "equity; the fewest bars must be at least 1 and at most the most, "
                + "the share must lie in [0, 1)");
    }
}

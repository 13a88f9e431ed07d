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
}

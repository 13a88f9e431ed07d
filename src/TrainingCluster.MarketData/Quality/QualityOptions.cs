namespace TrainingCluster.MarketData.Quality;

/// <summary>From where on the checks speak up.</summary>
public sealed record QualityOptions
{
    /// <summary>
    /// A return is an outlier if it is farther from the median than this many robust deviations (1.4826 ·
    /// MAD).
    /// </summary>
    public double OutlierDeviations { get; init; } = 8;

    /// <summary>As many bars in a row without any movement count as stale.</summary>
    public int StaleBars { get; init; } = 20;

    /// <summary>Daily bars may be this many days apart: a weekend with holidays on both sides.</summary>
    public int DailyGapDays { get; init; } = 5;
}

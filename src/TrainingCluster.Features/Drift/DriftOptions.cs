namespace TrainingCluster.Features.Drift;

/// <summary>When columns count as drifted.</summary>
public sealed record DriftOptions
{
    /// <summary>
    /// False discovery rate across columns (Benjamini, Hochberg 1995). The standard one is one false alarm in thirty
    /// checks even where all columns move together: one a month for a check a day.
    /// </summary>
    public double Level { get; init; } = 1.0 / 30;

    /// <summary>Least distance that counts for Wasserstein and Jensen–Shannon.</summary>
    public double LeastDistance { get; init; } = 0.1;

    /// <summary>Share of drifted columns from which on the whole data set has drifted.</summary>
    public double DriftShare { get; init; } = 0.5;

    /// <summary>Rows that either side must have.</summary>
    public int LeastRows { get; init; } = 30;

    /// <summary>Rows that either side must be worth after allowing for its own correlation.</summary>
    public double LeastEffectiveRows { get; init; } = 5;

    /// <summary>Pairs of samples drawn from the reference to see how far apart they come by chance.</summary>
    public int Resamples { get; init; } = 199;

    public ulong Seed { get; init; } = 1;
}

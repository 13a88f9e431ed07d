namespace TrainingCluster.Features.Ema;

/// <summary>What an exponential average begins with.</summary>
public enum EmaSeed
{
    /// <summary>The mean of the first period, as TA-Lib does.</summary>
    Mean,

    /// <summary>The first value, as MetaStock does; still undefined before the first period is over.</summary>
    First,
}

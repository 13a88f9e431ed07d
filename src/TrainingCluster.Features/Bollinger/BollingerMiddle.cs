namespace TrainingCluster.Features.Bollinger;

/// <summary>What the bands lie around.</summary>
public enum BollingerMiddle
{
    /// <summary>The simple average of the window.</summary>
    Simple,

    /// <summary>An exponential average that began with the mean of its first period.</summary>
    Exponential,

    /// <summary>An exponential average that began with the first value.</summary>
    ExponentialFromFirst,
}

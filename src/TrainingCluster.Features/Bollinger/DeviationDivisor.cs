namespace TrainingCluster.Features.Bollinger;

/// <summary>What the sum of squared deviations is divided by.</summary>
public enum DeviationDivisor
{
    /// <summary>n.</summary>
    Population,

    /// <summary>n − 1.</summary>
    Sample,
}

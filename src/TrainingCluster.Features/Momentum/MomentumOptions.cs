namespace TrainingCluster.Features.Momentum;

/// <summary>How a change is expressed.</summary>
public enum ChangeScale
{
    /// <summary>In price units.</summary>
    Difference,

    /// <summary>In percent of the earlier value.</summary>
    Percent,

    /// <summary>As the ratio to the earlier value.</summary>
    Ratio,

    /// <summary>As 100 times the ratio.</summary>
    RatioPercent,
}

/// <param name="Period">Bars back, at least 1.</param>
/// <param name="Scale">How the change is expressed.</param>
public sealed record MomentumOptions(int Period = 10, ChangeScale Scale = ChangeScale.Difference);

namespace TrainingCluster.Features.Indicators;

/// <summary>What of a bar a <see cref="IValueIndicator"/> reads.</summary>
public enum PriceInput
{
    Close,
    Open,
    High,
    Low,
    Volume,

    /// <summary>(high + low) / 2.</summary>
    Median,

    /// <summary>(high + low + close) / 3.</summary>
    Typical,
}

namespace TrainingCluster.Trading.Regimes;

/// <summary>The kind of market at a bar.</summary>
public enum MarketRegime
{
    /// <summary>Prices get somewhere: high efficiency of movement.</summary>
    Trending,

    /// <summary>Prices go back and forth quietly.</summary>
    Ranging,

    /// <summary>Movement is exceptionally large, whatever its direction.</summary>
    Volatile,

    /// <summary>Prices go back and forth with more than usual movement.</summary>
    Choppy,
}

using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>What is wrong with a bar.</summary>
public enum DefectKind
{
    /// <summary>The bar stands twice.</summary>
    Duplicate,

    /// <summary>The bar and the one after it stand in the wrong order.</summary>
    Swap,

    /// <summary>Five bars are missing in front of this one.</summary>
    Gap,

    /// <summary>All prices of one bar are ten times too high.</summary>
    BadTick,

    /// <summary>The high is below the low.</summary>
    CrossedRange,

    /// <summary>The close is missing.</summary>
    MissingClose,

    /// <summary>The close is below zero.</summary>
    NegativePrice,

    /// <summary>The volume is below zero.</summary>
    NegativeVolume,

    /// <summary>Twenty bars repeat this one's close with no range and no volume.</summary>
    Stale,
}

/// <summary>One planted defect.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Bar">Index into the defective bars.</param>
public sealed record PlantedDefect(DefectKind Kind, int Bar);

/// <summary>Bars with known defects; a draft, since no series holds them.</summary>
public sealed record DefectiveBars(BarDraft Draft, ImmutableArray<PlantedDefect> Defects);

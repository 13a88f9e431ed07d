using System.Collections.Immutable;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Batches;

/// <summary>Whether a batch may be used.</summary>
/// <param name="Source">As read.</param>
/// <param name="Bars">The repaired bars; null where the batch did not pass, so that no half of it is used.</param>
/// <param name="Draft">The repaired rows, also of a batch that did not pass; null where nothing was readable.</param>
/// <param name="Repairs">Those of reading, then those of the bars.</param>
/// <param name="Report">Of the repaired bars; null where nothing was readable.</param>
/// <param name="Reasons">Why it did not pass; empty where it did.</param>
public sealed record BatchVerdict(
    ImportedBars Source,
    BarSeries? Bars,
    BarDraft? Draft,
    RepairList Repairs,
    QualityReport? Report,
    ImmutableArray<string> Reasons)
{
    public bool Passed => Bars is not null;
}

using System.Collections.Immutable;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>How the update of a series ended.</summary>
public enum SeriesStatus
{
    /// <summary>Bars are new or have been revised.</summary>
    Updated,

    /// <summary>The source has nothing that is not stored.</summary>
    UpToDate,

    /// <summary>There were no bars that could be used; the store is as it was.</summary>
    Failed,

    /// <summary>The bars did not pass and are kept apart; the store is as it was.</summary>
    NotPassed,
}

/// <summary>What became of a series.</summary>
/// <param name="Key">Of what.</param>
/// <param name="Status">How it ended.</param>
public sealed record SeriesOutcome(BarKey Key, SeriesStatus Status)
{
    /// <summary>Bars that are new.</summary>
    public int Added { get; init; }

    /// <summary>Stored bars with other values now.</summary>
    public int Revised { get; init; }

    /// <summary>What is stored now; null where nothing is.</summary>
    public StoredBars? Row { get; init; }

    /// <summary>Questions to the source, repeats included.</summary>
    public int Requests { get; init; }

    public ImmutableArray<FetchFinding> Findings { get; init; } = [];

    public RepairList Repairs { get; init; } = RepairList.None;

    /// <summary>Splits and dividends that the source told of within the range asked for.</summary>
    public ImmutableArray<PriceFactor> Factors { get; init; } = [];

    /// <summary>Where bars that did not pass are kept; null otherwise.</summary>
    public string? Quarantine { get; init; }

    public bool Succeeded => Status is SeriesStatus.Updated or SeriesStatus.UpToDate;
}

using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>How bars are fetched and what they must be like.</summary>
public sealed record UpdateOptions
{
    /// <summary>For broken fetches and batches that did not pass; usually the store's own.</summary>
    public required string Folder { get; init; }

    /// <summary>How far back a series begins that is not stored yet; whole days.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Series fetched at the same time, at least 1.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Questions to a source; 0 = as many as come.</summary>
    public int RequestsPerMinute { get; init; } = 60;

    /// <summary>Stored bars that are fetched again and compared, at least 1.</summary>
    public int OverlapBars { get; init; } = 5;

    public ChangedHistory ChangedHistory { get; init; } = ChangedHistory.Refetch;

    /// <summary>Fetch all of a series again instead of what is new.</summary>
    public bool Full { get; init; }

    /// <summary>Let go of stored bars that the source does not have any more.</summary>
    public bool Replace { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>For the jitter of the waits.</summary>
    public Seed Seed { get; init; } = new(1);

    public BatchOptions Batch { get; init; } = new();
}

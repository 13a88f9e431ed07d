using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Series;

/// <summary>
/// Bars as a source gave them, before any rule has been applied: what quality checks and repairs look at.
/// All columns have the same length; nothing else is promised.
/// </summary>
public sealed record BarDraft
{
    public required string Symbol { get; init; }

    /// <summary>Where the bars come from, as errors name it.</summary>
    public required string Source { get; init; }

    public BarColumnNames Names { get; init; } = new();

    /// <summary>Unix milliseconds UTC.</summary>
    public required ReadOnlyMemory<long> Times { get; init; }

    public required ReadOnlyMemory<double> Open { get; init; }

    public required ReadOnlyMemory<double> High { get; init; }

    public required ReadOnlyMemory<double> Low { get; init; }

    public required ReadOnlyMemory<double> Close { get; init; }

    public required ReadOnlyMemory<double> Volume { get; init; }

    public ImmutableArray<BarColumn> Extra { get; init; } = [];

    /// <summary>1-based source line of each bar; empty where the bars do not come from a file.</summary>
    public ReadOnlyMemory<long> Lines { get; init; }

    public int Count => Times.Length;
}

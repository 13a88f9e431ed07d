using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>What a file does not say of itself; nothing has to be set.</summary>
public sealed record BarImportOptions
{
    /// <summary>Null takes the file's own symbol, else its name without extensions.</summary>
    public string? Symbol { get; init; }

    /// <summary>Comma, semicolon or tab; null takes the one that the first row uses most.</summary>
    public char? Separator { get; init; }

    /// <summary>
    /// The zone of stamps with a time of day and without an offset; null is UTC. Days are no moments and stay
    /// as they are.
    /// </summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Null finds out from days above 12, and refuses a file where none says.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>The column that holds the stamp; null goes by the usual names.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>A column that stands for open, high, low and close where a file has one price a bar.</summary>
    public string? PriceColumn { get; init; }

    /// <summary>A file with more rows is refused, at least 1.</summary>
    public int MostRows { get; init; } = RowLimit.Default;
}

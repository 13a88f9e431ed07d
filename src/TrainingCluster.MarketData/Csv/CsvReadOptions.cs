using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>How to read a file of bars; nothing has to be set.</summary>
public sealed record CsvReadOptions
{
    /// <summary>Null takes the file's own symbol, else its name without extensions.</summary>
    public string? Symbol { get; init; }

    /// <summary>Comma, semicolon or tab; null takes the one that the header uses most.</summary>
    public char? Separator { get; init; }

    /// <summary>A file with more rows is refused, at least 1.</summary>
    public int MostRows { get; init; } = RowLimit.Default;
}

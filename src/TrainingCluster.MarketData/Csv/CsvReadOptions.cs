namespace TrainingCluster.MarketData.Csv;

/// <summary>How to read a file of bars; nothing has to be set.</summary>
public sealed record CsvReadOptions
{
    /// <summary>Null takes the file name without its extensions.</summary>
    public string? Symbol { get; init; }

    /// <summary>Comma, semicolon or tab; null takes the one that the header uses most.</summary>
    public char? Separator { get; init; }
}

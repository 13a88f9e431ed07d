namespace TrainingCluster.MarketData.Series;

/// <summary>How a source spells its columns; errors use its words.</summary>
public sealed record BarColumnNames(
    string Time = "time",
    string Open = "open",
    string High = "high",
    string Low = "low",
    string Close = "close",
    string Volume = "volume");

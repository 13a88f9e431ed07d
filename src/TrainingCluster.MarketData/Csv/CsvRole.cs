namespace TrainingCluster.MarketData.Csv;

/// <summary>What a column of a file is.</summary>
internal enum CsvRole
{
    Extra,
    Time,
    Open,
    High,
    Low,
    Close,
    Volume,

    /// <summary>Recognised and left aside: a close adjusted with later knowledge would leak it.</summary>
    AdjustedClose,

    /// <summary>Must be the same in every row.</summary>
    Symbol,
}

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Which part of the score a check lowers.</summary>
internal enum BarFault
{
    /// <summary>None: worth saying, but no fault.</summary>
    None,

    /// <summary>Bars are missing.</summary>
    Missing,

    /// <summary>Bars stand in for missing ones.</summary>
    Stale,

    /// <summary>Bars contradict themselves or their neighbours.</summary>
    Inconsistent,

    /// <summary>Bars are hard to believe.</summary>
    Outlier,
}

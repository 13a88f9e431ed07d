namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>What to do where a source gives other values for bars that are stored.</summary>
public enum ChangedHistory
{
    /// <summary>Take them over, and fetch everything again where the change may go further back.</summary>
    Refetch,

    /// <summary>Store nothing.</summary>
    Refuse,
}

namespace TrainingCluster.Training.Environments.Market;

/// <summary>
/// What an agent may decide at the close of a bar. The strategy chooses the side, the agent the size.
/// </summary>
public enum MarketAction
{
    /// <summary>Keep the position as it is, even where the strategy has turned meanwhile.</summary>
    Hold,

    /// <summary>Go flat.</summary>
    Exit,

    /// <summary>Half size in the strategy's direction of this bar.</summary>
    Half,

    /// <summary>Full size in the strategy's direction of this bar.</summary>
    Full,
}

namespace TrainingCluster.Trading.Simulation;

/// <summary>At which price a decision made at the close of bar t is filled.</summary>
public enum FillRule
{
    /// <summary>
    /// At open[t+1], held to open[t+2]; the last decision of a series is valued at the last close.
    /// </summary>
    NextOpen,

    /// <summary>At close[t+1], held to close[t+2]: for series whose opens are not traded prices.</summary>
    NextClose,
}

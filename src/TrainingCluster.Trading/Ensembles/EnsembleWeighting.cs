namespace TrainingCluster.Trading.Ensembles;

/// <summary>Where an ensemble's weights come from; the plainer ones are there to be compared with.</summary>
public enum EnsembleWeighting
{
    /// <summary>Regime shares, adjusted by recent performance.</summary>
    RegimeAndPerformance,

    /// <summary>Regime shares alone.</summary>
    Regime,

    /// <summary>The same share for each strategy, always.</summary>
    Equal,
}

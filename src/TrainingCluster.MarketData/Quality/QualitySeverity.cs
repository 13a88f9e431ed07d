namespace TrainingCluster.MarketData.Quality;

/// <summary>How much a finding matters, in rising order.</summary>
public enum QualitySeverity
{
    /// <summary>Worth knowing; often right for this market.</summary>
    Info,

    /// <summary>Results may suffer.</summary>
    Warning,

    /// <summary>Must not be trained on before it is repaired.</summary>
    Critical,
}

using TrainingCluster.MarketData.Quality;

namespace TrainingCluster.MarketData.Sources;

/// <summary>Something that happened to a fetch.</summary>
/// <param name="Rule">What.</param>
/// <param name="Severity">Critical where nothing was stored because of it.</param>
/// <param name="Detail">One sentence with the values.</param>
public sealed record FetchFinding(FetchRule Rule, QualitySeverity Severity, string Detail);

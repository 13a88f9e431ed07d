using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Quality;

/// <summary>What one check found.</summary>
/// <param name="Check">Name of the check, such as <c>gaps</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Count">Bars concerned; for gaps the bars that are missing.</param>
/// <param name="Detail">One sentence with numbers.</param>
/// <param name="FirstBars">Indices of the first bars concerned, at most ten.</param>
public sealed record QualityFinding(
    string Check, QualitySeverity Severity, long Count, string Detail, ImmutableArray<int> FirstBars);

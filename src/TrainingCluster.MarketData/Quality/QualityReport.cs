using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Quality;

/// <summary>What the checks say about some bars.</summary>
/// <param name="Score">
/// 0 to 1: the product of the shares of bars that are present, that are consistent, and that are no outliers.
/// </param>
/// <param name="Findings">One for each check that found something, the gravest first.</param>
/// <param name="Bars">How many bars were looked at.</param>
public sealed record QualityReport(double Score, ImmutableArray<QualityFinding> Findings, int Bars)
{
    /// <summary>The usual least score to train on.</summary>
    public const double Threshold = 0.95;

    /// <summary>What the score is the product of.</summary>
    public QualityParts Parts { get; init; } = new(Score, 1, 1);

    public bool HasCritical => Findings.Any(finding => finding.Severity == QualitySeverity.Critical);
}

/// <summary>Shares of the bars, each in [0, 1].</summary>
/// <param name="Present">Neither missing nor standing in for a missing one.</param>
/// <param name="Consistent">In agreement with themselves and their neighbours.</param>
/// <param name="Ordinary">No outliers.</param>
public sealed record QualityParts(double Present, double Consistent, double Ordinary)
{
    public double Product => Present * Consistent * Ordinary;
}

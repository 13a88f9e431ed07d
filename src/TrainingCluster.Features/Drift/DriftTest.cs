namespace TrainingCluster.Features.Drift;

/// <summary>How two samples of a column are compared.</summary>
public enum DriftTest
{
    /// <summary>Two-sample Kolmogorov–Smirnov; up to 1000 reference rows with more than 5 values.</summary>
    KolmogorovSmirnov,

    /// <summary>Chi-square of the contingency table; up to 1000 reference rows with 3 to 5 values.</summary>
    ChiSquare,

    /// <summary>Z-test of two proportions; up to 1000 reference rows with 2 values.</summary>
    Proportions,

    /// <summary>Wasserstein-1 over the reference's standard deviation; more reference rows and values.</summary>
    Wasserstein,

    /// <summary>Jensen–Shannon distance, natural logarithm; more reference rows, up to 5 values.</summary>
    JensenShannon,
}

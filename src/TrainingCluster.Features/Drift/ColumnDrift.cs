namespace TrainingCluster.Features.Drift;

/// <summary>What became of one column.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Test">Chosen by the reference's rows and values; null where there was too little data.</param>
/// <param name="Effect">Size of the difference: D, Cramér's V, difference of shares, Wasserstein in standard
/// deviations, or Jensen–Shannon distance.</param>
/// <param name="PValue">Chance of such a difference without drift, correlation allowed for.</param>
/// <param name="Adjusted">The same after Benjamini and Hochberg.</param>
/// <param name="StabilityIndex">PSI over the stored bins.</param>
/// <param name="StabilityCritical">PSI that chance exceeds once in twenty at these sizes.</param>
/// <param name="ReferenceRows">Finite values.</param>
/// <param name="CurrentRows">Finite values.</param>
/// <param name="Missing">Share of the current rows that are not finite.</param>
/// <param name="Verdict">Of the column.</param>
public sealed record ColumnDrift(
    string Name,
    DriftTest? Test,
    double Effect,
    double PValue,
    double Adjusted,
    double StabilityIndex,
    double StabilityCritical,
    int ReferenceRows,
    int CurrentRows,
    double Missing,
    DriftVerdict Verdict);

using System.Collections.Immutable;

namespace TrainingCluster.Features.Drift;

/// <summary>What became of a data set.</summary>
/// <param name="Columns">In the reference's order.</param>
/// <param name="DriftedShare">Of the columns that could be judged; NaN where none could.</param>
/// <param name="Verdict">Of the whole.</param>
public sealed record DriftReport(ImmutableArray<ColumnDrift> Columns, double DriftedShare, DriftVerdict Verdict);

using System.Collections.Immutable;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>What a file gave: its readable bars, what was repaired to read them, and what could not be read.</summary>
/// <param name="Source">The file, with the entry of an archive.</param>
/// <param name="Dialect">How the file is laid out; null where that could not be told.</param>
/// <param name="Bars">The rows that could be read, in the file's order; null where there is none.</param>
/// <param name="Repairs">What was changed on the way.</param>
/// <param name="Violations">The first <see cref="BarDataException.Shown"/> of what could not be read.</param>
/// <param name="TotalViolations">How many there are.</param>
public sealed record ImportedBars(
    string Source,
    BarDialect? Dialect,
    BarDraft? Bars,
    RepairList Repairs,
    ImmutableArray<BarViolation> Violations,
    long TotalViolations)
{
    /// <summary>The bars as a series, if every row was read and no rule of a series is broken.</summary>
    /// <exception cref="BarDataException">A row was not readable or a rule is broken.</exception>
    public BarSeries ToSeries() =>
        Bars is null || TotalViolations > 0
            ? throw new BarDataException(Violations, TotalViolations)
            : BarSeries.Create(Bars);
}

using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Series;

/// <summary>Gathers violations: keeps as many as could be shown, counts all, lists them by line.</summary>
internal sealed class BarViolations
{
    /// <summary>More are kept than shown, for they are found rule by rule but listed line by line.</summary>
    private const int Kept = 50 * BarDataException.Shown;

    private readonly List<BarViolation> _kept = [];

    public long Total { get; private set; }

    /// <summary>Whether the next one is kept, so that its text is worth making.</summary>
    public bool KeepsMore => _kept.Count < Kept;

    public void Add(BarViolation violation)
    {
        Total++;
        if (KeepsMore)
        {
            _kept.Add(violation);
        }
    }

    /// <param name="violations">The first ones.</param>
    /// <param name="total">How many there are, kept or not.</param>
    public void AddRange(IReadOnlyCollection<BarViolation> violations, long total)
    {
        foreach (var violation in violations)
        {
            Add(violation);
        }

        Total += total - violations.Count;
    }

    /// <summary>The first ones by line, and how many there are.</summary>
    public (ImmutableArray<BarViolation> Shown, long Total) Listed() =>
        // The sort is stable: violations of one line stay in the order found.
        ([.. _kept.OrderBy(violation => violation.Line ?? 0).Take(BarDataException.Shown)], Total);

    /// <exception cref="BarDataException">There is at least one violation.</exception>
    public void ThrowIfAny()
    {
        if (Total > 0)
        {
            var (shown, total) = Listed();
            throw new BarDataException(shown, total);
        }
    }
}

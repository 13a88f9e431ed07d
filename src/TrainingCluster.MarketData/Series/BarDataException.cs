using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TrainingCluster.MarketData.Series;

/// <summary>Some bars break the rules. The message holds the first 20 violations and the total.</summary>
public sealed class BarDataException : Exception
{
    /// <summary>As many violations as are kept and shown; the rest are only counted.</summary>
    public const int Shown = 20;

    /// <param name="violations">At least one, in the order found; at most <see cref="Shown"/> are
    /// shown.</param>
    /// <param name="total">All that were found, where more than <paramref name="violations"/> holds.</param>
    public BarDataException(ImmutableArray<BarViolation> violations, long? total = null)
        : base(Describe(violations, Math.Max(total ?? 0, violations.Length)))
    {
        Violations = violations;
        Total = Math.Max(total ?? 0, violations.Length);
    }

    public BarDataException(BarViolation violation)
        : this([violation])
    {
    }

    public ImmutableArray<BarViolation> Violations { get; }

    /// <summary>How many violations there are, shown or not.</summary>
    public long Total { get; }

    private static string Describe(ImmutableArray<BarViolation> violations, long total)
    {
        if (total == 1)
        {
            return $"The bars cannot be used: {violations[0]}";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The bars cannot be used ({total} violations):");
        foreach (var violation in violations.Take(Shown))
        {
            text.Append("\n  ").Append(violation);
        }

        if (total > Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {total - Shown} more");
        }

        return text.ToString();
    }
}

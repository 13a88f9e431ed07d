using System.Collections.Immutable;
using System.Globalization;

namespace TrainingCluster.Trading.Leakage;

/// <summary>Finds the first difference between two runs that must agree.</summary>
internal static class ColumnComparison
{
    private const double Tolerance = 1e-12;

    /// <summary>The first differing value up to a bar, the earliest bar first; null where there is none.</summary>
    /// <param name="expected">Of the whole bars.</param>
    /// <param name="actual">Of the changed ones.</param>
    /// <param name="lastBar">The last bar that must agree.</param>
    /// <param name="change">What was changed, for the message.</param>
    public static LeakFinding? FirstDifference(
        ImmutableArray<PipelineColumn> expected,
        ImmutableArray<PipelineColumn> actual,
        int lastBar,
        string change)
    {
        if (!expected.Select(column => column.Name).SequenceEqual(actual.Select(column => column.Name)))
        {
            var gone = expected.Select(column => column.Name).Except(actual.Select(column => column.Name));
            return new LeakFinding(
                LeakSeverity.Leak, $"{change}, other columns are used; gone: {string.Join(", ", gone)}");
        }

        LeakFinding? first = null;
        for (var i = 0; i < expected.Length; i++)
        {
            var (one, two) = (expected[i].Values, actual[i].Values);
            for (var bar = 0; bar <= lastBar && bar < (first?.Bar ?? int.MaxValue); bar++)
            {
                if (!Same(one[bar], two[bar]))
                {
                    first = new LeakFinding(
                        LeakSeverity.Leak,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{change}, {expected[i].Name} at bar {bar} turns from {one[bar]:R} to {two[bar]:R}"),
                        bar,
                        expected[i].Name);
                }
            }
        }

        return first;
    }

    public static bool Same(double one, double two) =>
        one.Equals(two) || Math.Abs(one - two) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(two));
}

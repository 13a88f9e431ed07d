using System.Collections.Immutable;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Profiles;

/// <summary>What the values of a column are like.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Count">Finite values.</param>
/// <param name="Missing">Values that are NaN or infinite.</param>
/// <param name="Least">NaN without values, as all that follow.</param>
/// <param name="Largest">The largest value.</param>
/// <param name="Mean">Of the finite values.</param>
/// <param name="Deviation">Dividing by n − 1; 0 with one value.</param>
/// <param name="Quantiles">At <see cref="Probabilities"/>, linear between order statistics (Hyndman, Fan 1996, type
/// 7).</param>
public sealed record ColumnSummary(
    string Name, int Count, int Missing, double Least, double Largest, double Mean, double Deviation,
    ImmutableArray<double> Quantiles)
{
    public static ImmutableArray<double> Probabilities { get; } = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public static ColumnSummary Of(string name, ReadOnlySpan<double> values)
    {
        var finite = Array.FindAll(values.ToArray(), double.IsFinite);
        Array.Sort(finite);
        var moments = Moments.Of(finite);
        return new ColumnSummary(
            name, finite.Length, values.Length - finite.Length,
            finite.Length == 0 ? double.NaN : finite[0], finite.Length == 0 ? double.NaN : finite[^1],
            moments.Mean, moments.StandardDeviation,
            [.. Probabilities.Select(probability => Quantile(finite, probability))]);
    }

    private static double Quantile(double[] sorted, double probability)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}

using System.Collections.Immutable;

namespace TrainingCluster.Features.Drift;

/// <summary>
/// What is kept of a reference column. Bins are fixed here, once: later samples are counted into the same ones.
/// </summary>
/// <param name="Name">Of the column.</param>
/// <param name="Values">Finite values in the order of time.</param>
/// <param name="Edges">Inner edges: of ten bins that hold equal shares of the reference, or, with at most five
/// distinct values, the values themselves. A value belongs to the bin after the last edge not above it.</param>
/// <param name="Shares">Share of the reference in each bin; one more than edges.</param>
/// <param name="Distinct">How many different values there are, at most counted to 6.</param>
/// <param name="Deviation">Standard deviation (n), at least 0.001.</param>
/// <param name="CorrelationTime">How many neighbouring values say about the same.</param>
public sealed record ColumnProfile(
    string Name,
    ImmutableArray<double> Values,
    ImmutableArray<double> Edges,
    ImmutableArray<double> Shares,
    int Distinct,
    double Deviation,
    double CorrelationTime)
{
    private const int Bins = 10;
    private const int FewValues = 5;
    private const double LeastDeviation = 0.001;

    /// <param name="name">Of the column.</param>
    /// <param name="values">In the order of time; what is not finite is left out.</param>
    public static ColumnProfile Of(string name, ReadOnlySpan<double> values)
    {
        var finite = Finite(values);
        var sorted = (double[])finite.Clone();
        Array.Sort(sorted);
        double[] distinct = [.. sorted.Distinct().Take(FewValues + 1)];
        double[] edges = distinct.Length <= FewValues ? distinct : Quantiles(sorted);
        return new ColumnProfile(
            name, [.. finite], [.. edges], [.. SharesOf(sorted, edges)], distinct.Length,
            Math.Max(LeastDeviation, DeviationOf(finite)), EffectiveSize.CorrelationTime(finite));
    }

    public bool IsCategorical => Distinct <= FewValues;

    /// <summary>Shares of a sample in this profile's bins.</summary>
    public double[] SharesOf(ReadOnlySpan<double> values) => SharesOf(values, Edges.AsSpan());

    internal static double[] Finite(ReadOnlySpan<double> values) => Array.FindAll(values.ToArray(), double.IsFinite);

    private static double[] SharesOf(ReadOnlySpan<double> values, ReadOnlySpan<double> edges)
    {
        var shares = new double[edges.Length + 1];
        foreach (var value in values)
        {
            var index = edges.BinarySearch(value);
            shares[index >= 0 ? index + 1 : ~index] += 1.0 / values.Length;
        }

        return shares;
    }

    /// <summary>Linear between order statistics; equal ones once.</summary>
    private static double[] Quantiles(double[] sorted)
    {
        var edges = new double[Bins - 1];
        for (var i = 1; i < Bins; i++)
        {
            var place = (double)i / Bins * (sorted.Length - 1);
            var low = (int)place;
            var high = Math.Min(low + 1, sorted.Length - 1);
            edges[i - 1] = sorted[low] + (place - low) * (sorted[high] - sorted[low]);
        }

        return [.. edges.Distinct()];
    }

    private static double DeviationOf(double[] values)
    {
        var mean = values.DefaultIfEmpty().Average();
        return Math.Sqrt(values.Select(value => (value - mean) * (value - mean)).DefaultIfEmpty().Average());
    }
}

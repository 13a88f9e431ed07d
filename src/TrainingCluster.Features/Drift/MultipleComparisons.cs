namespace TrainingCluster.Features.Drift;

/// <summary>
/// p-values of several hypotheses, adjusted so that each can be compared with the level of all. Sources: Benjamini
/// and Hochberg 1995 (false discovery rate); Holm 1979 (family-wise error).
/// </summary>
public static class MultipleComparisons
{
    /// <summary>min over j ≥ i of m/j · p₍ⱼ₎, at most 1, in the order given.</summary>
    /// <exception cref="ArgumentException">A p-value does not lie in [0, 1].</exception>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> probabilities)
    {
        var (order, adjusted) = Ascending(probabilities);
        var lowest = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            var index = order[rank - 1];
            lowest = Math.Min(lowest, probabilities[index] * order.Length / rank);
            adjusted[index] = lowest;
        }

        return adjusted;
    }

    /// <summary>max over j ≤ i of (m − j + 1) · p₍ⱼ₎, at most 1, in the order given.</summary>
    /// <exception cref="ArgumentException">A p-value does not lie in [0, 1].</exception>
    public static double[] Holm(ReadOnlySpan<double> probabilities)
    {
        var (order, adjusted) = Ascending(probabilities);
        var highest = 0.0;
        for (var rank = 1; rank <= order.Length; rank++)
        {
            var index = order[rank - 1];
            highest = Math.Max(highest, Math.Min(1, probabilities[index] * (order.Length - rank + 1)));
            adjusted[index] = highest;
        }

        return adjusted;
    }

    private static (int[] Order, double[] Adjusted) Ascending(ReadOnlySpan<double> probabilities)
    {
        foreach (var probability in probabilities)
        {
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentException(
                    $"the p-value {probability} does not lie in [0, 1]", nameof(probabilities));
            }
        }

        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        Array.Sort(probabilities.ToArray(), order);
        return (order, new double[order.Length]);
    }
}

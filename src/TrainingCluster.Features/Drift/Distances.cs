namespace TrainingCluster.Features.Drift;

/// <summary>Distances between two samples. Samples are sorted, finite and not empty.</summary>
public static class Distances
{
    /// <summary>Empty cells count as this share, so that logarithms stay finite; it sets PSI's ceiling.</summary>
    public const double EmptyCell = 1e-4;

    /// <summary>Largest distance between the two distribution functions.</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var (i, j, largest) = (0, 0, 0.0);
        while (i < one.Length && j < other.Length)
        {
            var value = Math.Min(one[i], other[j]);
            while (i < one.Length && one[i] <= value)
            {
                i++;
            }

            while (j < other.Length && other[j] <= value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs((double)i / one.Length - (double)j / other.Length));
        }

        return largest;
    }

    /// <summary>Area between the two distribution functions, in the samples' unit.</summary>
    public static double Wasserstein(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var (i, j, area) = (0, 0, 0.0);
        var before = Math.Min(one[0], other[0]);
        while (i < one.Length || j < other.Length)
        {
            var value = i == one.Length ? other[j]
                : j == other.Length ? one[i] : Math.Min(one[i], other[j]);
            area += (value - before) * Math.Abs((double)i / one.Length - (double)j / other.Length);
            before = value;
            while (i < one.Length && one[i] <= value)
            {
                i++;
            }

            while (j < other.Length && other[j] <= value)
            {
                j++;
            }
        }

        return area;
    }

    /// <summary>Population stability index of shares by cell: Σ (p − q) ln(p / q).</summary>
    public static double StabilityIndex(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            var (p, q) = (Math.Max(one[i], EmptyCell), Math.Max(other[i], EmptyCell));
            sum += (p - q) * Math.Log(p / q);
        }

        return sum;
    }

    /// <summary>√(1 − Σ √(p q)) of shares by cell, in [0, 1].</summary>
    public static double Hellinger(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var overlap = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            overlap += Math.Sqrt(one[i] * other[i]);
        }

        return Math.Sqrt(Math.Max(0, 1 - overlap));
    }

    /// <summary>
    /// Pearson's χ² of counts against a reference that is taken for the truth, scaled to as many: a test of fit, with
    /// cells − 1 degrees of freedom. <see cref="DriftDetector"/> tests homogeneity instead, which knows that the
    /// reference is a sample too; their values differ.
    /// </summary>
    /// <param name="reference">Counts by cell, each above 0.</param>
    /// <param name="current">Counts of the same cells.</param>
    public static double GoodnessOfFit(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (all, seen) = (0.0, 0.0);
        for (var i = 0; i < reference.Length; i++)
        {
            all += reference[i];
            seen += current[i];
        }

        var statistic = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var expected = reference[i] * seen / all;
            statistic += (current[i] - expected) * (current[i] - expected) / expected;
        }

        return statistic;
    }

    /// <summary>
    /// √ of the Jensen–Shannon divergence of shares by cell, natural logarithm: at most √ln 2 = 0.8326.
    /// </summary>
    public static double JensenShannon(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            var middle = (one[i] + other[i]) / 2;
            sum += Part(one[i], middle) + Part(other[i], middle);
        }

        return Math.Sqrt(Math.Max(0, sum / 2));

        static double Part(double p, double middle) => p > 0 ? p * Math.Log(p / middle) : 0;
    }
}

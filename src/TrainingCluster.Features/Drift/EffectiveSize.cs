namespace TrainingCluster.Features.Drift;

/// <summary>
/// How many independent values a series is worth: n / (1 + 2 Σ ρ_k), the sum ending where pairs of neighbouring
/// autocorrelations are no longer positive (Geyer 1992), and at most what a first-order autoregression with
/// Kendall's correction for small samples gives. The larger one counts of the values themselves and of their distances
/// from the mean: calm and stormy stretches make neighbours alike although their signs are not.
/// </summary>
internal static class EffectiveSize
{
    /// <summary>How many neighbouring values say about the same; 1 for independent ones.</summary>
    public static double CorrelationTime(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var distances = new double[values.Length];
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(values[i] - mean);
        }

        return Math.Max(TimeOf(values, mean), TimeOf(distances, Mean(distances)));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        return mean;
    }

    private static double TimeOf(ReadOnlySpan<double> values, double mean)
    {
        var n = values.Length;

        var variance = Covariance(values, mean, 0);
        if (n < 8 || !(variance > 0))
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = 1; k + 1 < n / 2; k += 2)
        {
            var pair = (Covariance(values, mean, k) + Covariance(values, mean, k + 1)) / variance;
            if (pair <= 0)
            {
                break;
            }

            sum += pair;
        }

        var first = Covariance(values, mean, 1) / variance;
        var corrected = Math.Clamp(first + (1 + 3 * first) / n, -0.99, 0.99);
        // A correlation within its own noise is none.
        var regression = first > 2 / Math.Sqrt(n) ? (1 + corrected) / (1 - corrected) : 1;
        var geyer = first > 2 / Math.Sqrt(n) ? 1 + 2 * sum : 1;
        return Math.Clamp(Math.Max(regression, geyer), 1, n);
    }

    private static double Covariance(ReadOnlySpan<double> values, double mean, int lag)
    {
        var sum = 0.0;
        for (var t = lag; t < values.Length; t++)
        {
            sum += (values[t] - mean) * (values[t - lag] - mean);
        }

        return sum / values.Length;
    }
}

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// The block lengths that minimise the mean squared error of a bootstrapped variance of the mean. Source:
/// Politis and White 2004, "Automatic Block-Length Selection for the Dependent Bootstrap", with the
/// correction of Patton, Politis and White 2009. Choices: the bandwidth search needs max(5, ⌊log₁₀ n⌋)
/// consecutive insignificant autocorrelations at 2 √(log₁₀ n / n); each correlation at lag k is normalised by
/// its two overlapping parts of k + 1 values fewer; lengths are capped at ⌈min(3 √n, n/3)⌉.
/// </summary>
/// <param name="Stationary">Mean length of geometric blocks.</param>
/// <param name="Circular">Length of fixed blocks that wrap around.</param>
public readonly record struct BlockLength(double Stationary, double Circular)
{
    /// <summary>Fewer values than this say nothing about dependence; blocks of one are used.</summary>
    private const int FewestValues = 10;

    /// <summary>
    /// Both lengths are at least 1; they are 1 for a sample without variance or shorter than ten.
    /// </summary>
    public static BlockLength Optimal(ReadOnlySpan<double> sample)
    {
        var moments = Moments.Of(sample);
        if (sample.Length < FewestValues || !moments.HasVariance)
        {
            return new BlockLength(1, 1);
        }

        var centred = new double[sample.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = sample[i] - moments.Mean;
        }

        var (covariances, bandwidth) = Bandwidth(centred);
        var longRun = covariances[0];
        var slope = 0.0;
        for (var lag = 1; lag <= bandwidth; lag++)
        {
            // The flat-top window of Politis and Romano 1995: one to half the bandwidth, then down to zero.
            var weight = 2 * lag <= bandwidth ? 1 : 2 * (1 - (double)lag / bandwidth);
            slope += 2 * weight * lag * covariances[lag];
            longRun += 2 * weight * covariances[lag];
        }

        var count = (double)sample.Length;
        var cap = Math.Ceiling(Math.Min(3 * Math.Sqrt(count), count / 3));
        return new BlockLength(
            Length(slope, 2 * longRun * longRun, count, cap),
            Length(slope, 4.0 / 3 * longRun * longRun, count, cap));
    }

    private static double Length(double slope, double variance, double count, double cap)
    {
        var length = Math.Cbrt(2 * slope * slope / variance * count);
        return double.IsNaN(length) ? 1 : Math.Clamp(length, 1, Math.Max(1, cap));
    }

    /// <summary>
    /// Autocovariances up to twice the lag after which correlations stay insignificant, and that bandwidth.
    /// </summary>
    private static (double[] Covariances, int Bandwidth) Bandwidth(double[] centred)
    {
        var count = centred.Length;
        var run = Math.Max(5, (int)Math.Log10(count));
        var longest = Math.Min((int)Math.Ceiling(Math.Sqrt(count)) + run, count - 2);
        var critical = 2 * Math.Sqrt(Math.Log10(count) / count);
        var covariances = new double[longest + 1];
        var insignificant = 0;
        var found = -1;
        for (var lag = 0; lag <= longest; lag++)
        {
            if (found < 0 && lag >= run && insignificant >= run)
            {
                found = lag - run;
            }

            var product = Dot(centred.AsSpan(lag), centred.AsSpan(0, count - lag));
            var late = centred.AsSpan(lag + 1);
            var early = centred.AsSpan(0, count - lag - 1);
            var correlation = Math.Abs(product) / Math.Sqrt(Dot(late, late) * Dot(early, early));
            covariances[lag] = product / count;
            insignificant = correlation < critical ? insignificant + 1 : 0;
        }

        return (covariances, found < 0 ? longest : Math.Min(2 * Math.Max(found, 1), longest));
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (even, odd) = (0.0, 0.0);
        var i = 0;
        for (; i + 1 < left.Length; i += 2)
        {
            even += left[i] * right[i];
            odd += left[i + 1] * right[i + 1];
        }

        return i < left.Length ? even + odd + left[i] * right[i] : even + odd;
    }
}

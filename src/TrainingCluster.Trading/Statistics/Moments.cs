namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// The first four moments of a sample. Skewness and kurtosis are population moments (g₁ and g₂ + 3 of Joanes
/// and Gill 1998); the standard deviation divides by n − 1. Skewness and kurtosis are NaN where all values
/// are equal.
/// </summary>
public readonly record struct Moments(
    int Count,
    double Mean,
    double StandardDeviation,
    double PopulationStandardDeviation,
    double Skewness,
    RawKurtosis Kurtosis)
{
    /// <summary>Spread below this share of the largest value is rounding, not variance.</summary>
    private const double RelativeNoise = 1e-14;

    public bool HasVariance => PopulationStandardDeviation > 0;

    /// <summary>Two passes in index order. A sample of fewer than two values has no variance.</summary>
    public static Moments Of(ReadOnlySpan<double> sample)
    {
        if (sample.IsEmpty)
        {
            const double None = double.NaN;
            return new Moments(0, None, None, None, None, new RawKurtosis(None));
        }

        var sum = 0.0;
        var (lowest, highest) = (sample[0], sample[0]);
        foreach (var value in sample)
        {
            sum += value;
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        var mean = sum / sample.Length;
        var (second, third, fourth) = (0.0, 0.0, 0.0);
        foreach (var value in sample)
        {
            var deviation = value - mean;
            var square = deviation * deviation;
            second += square;
            third += square * deviation;
            fourth += square * square;
        }

        var variance = second / sample.Length;
        var deviationOfPopulation = Math.Sqrt(variance);
        if (lowest == highest || deviationOfPopulation <= RelativeNoise * Math.Max(-lowest, highest))
        {
            return new Moments(sample.Length, mean, 0, 0, double.NaN, new RawKurtosis(double.NaN));
        }

        return new Moments(
            sample.Length,
            mean,
            Math.Sqrt(second / (sample.Length - 1)),
            deviationOfPopulation,
            third / sample.Length / (variance * deviationOfPopulation),
            new RawKurtosis(fourth / sample.Length / (variance * variance)));
    }
}

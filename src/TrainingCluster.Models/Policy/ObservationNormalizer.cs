namespace TrainingCluster.Models.Policy;

/// <summary>
/// Scales each observation entry to mean 0 and variance 1 by the statistics of all observations seen so
/// far, and clips to ±<see cref="Clip"/>. Batches are merged by the parallel variance formula (Chan, Golub,
/// LeVeque 1979). Statistics change only in <see cref="Absorb"/>; between two calls the scaling is a fixed
/// function.
/// </summary>
public sealed class ObservationNormalizer
{
    public const float Clip = 10f;
    private const double Epsilon = 1e-8;
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly float[] _shifts;
    private readonly float[] _scales;

    /// <summary>Starts as the identity: mean 0, variance 1, of no observations.</summary>
    public ObservationNormalizer(int width)
        : this(new NormalizerState(0, [.. new double[width]], [.. Enumerable.Repeat(1.0, width)]))
    {
    }

    public ObservationNormalizer(NormalizerState state)
    {
        Count = state.Count;
        _means = [.. state.Means];
        _variances = [.. state.Variances];
        _shifts = new float[_means.Length];
        _scales = new float[_means.Length];
        Refresh();
    }

    public int Width => _means.Length;

    public double Count { get; private set; }

    public NormalizerState State => new(Count, [.. _means], [.. _variances]);

    /// <summary>
    /// Slope of the scaling of one entry: what a gradient by the scaled entry is multiplied by.
    /// </summary>
    public float Scale(int entry) => _scales[entry];

    /// <summary>One entry, scaled and clipped.</summary>
    public float Scaled(int entry, float value) =>
        Math.Clamp((value - _shifts[entry]) * _scales[entry], -Clip, Clip);

    /// <summary>Merges the statistics of raw observations [rows, width].</summary>
    public void Absorb(ReadOnlySpan<float> observations)
    {
        var rows = observations.Length / Width;
        for (var entry = 0; entry < Width; entry++)
        {
            double mean = 0, squares = 0;
            for (var row = 0; row < rows; row++)
            {
                var value = observations[row * Width + entry];
                var delta = value - mean;
                mean += delta / (row + 1);
                squares += delta * (value - mean);
            }

            var total = Count + rows;
            var gap = mean - _means[entry];
            var old = Count == 0 ? 0 : _variances[entry] * Count;
            _means[entry] = Count == 0 ? mean : _means[entry] + gap * rows / total;
            _variances[entry] = (old + squares + gap * gap * Count * rows / total) / total;
        }

        Count += rows;
        Refresh();
    }

    /// <summary>
    /// Scales observations [rows, width] into a target of the same shape; they may be the same span.
    /// </summary>
    public void Apply(ReadOnlySpan<float> observations, Span<float> target)
    {
        var width = Width;
        for (var start = 0; start < observations.Length; start += width)
        {
            for (var entry = 0; entry < width; entry++)
            {
                target[start + entry] = Scaled(entry, observations[start + entry]);
            }
        }
    }

    private void Refresh()
    {
        for (var entry = 0; entry < Width; entry++)
        {
            _shifts[entry] = (float)_means[entry];
            _scales[entry] = (float)(1 / Math.Sqrt(_variances[entry] + Epsilon));
        }
    }
}

/// <summary>The statistics of an <see cref="ObservationNormalizer"/>.</summary>
/// <param name="Count">Observations absorbed.</param>
/// <param name="Means">One an entry.</param>
/// <param name="Variances">Population variances, one an entry.</param>
public sealed record NormalizerState(double Count, ImmutableArray<double> Means,
    ImmutableArray<double> Variances);

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Means of several series under the same resamples, from prefix sums over two turns of the circle: a block costs
/// two loads a series whatever its length. Sharing the indices keeps the series' dependence on each other.
/// </summary>
internal sealed class ModelResampler
{
    private readonly IIndexSource _source;
    private readonly int _models;
    private readonly IndexRun[] _runs;

    /// <summary>[index over two turns, model]: the sums before that index.</summary>
    private readonly double[] _sums;

    /// <exception cref="ArgumentException">The series differ in length, are empty or hold a value that is not
    /// finite.</exception>
    public ModelResampler(IReadOnlyList<double[]> series, IIndexSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Require(series);
        _source = source;
        _models = series.Count;
        Observations = series[0].Length;
        Means = [.. series.Select(values => values.Sum() / values.Length)];
        _runs = new IndexRun[Observations];
        _sums = new double[(2 * Observations + 1) * _models];
        for (var t = 0; t < 2 * Observations; t++)
        {
            for (var model = 0; model < _models; model++)
            {
                var value = series[model][t < Observations ? t : t - Observations] - Means[model];
                _sums[(t + 1) * _models + model] = _sums[t * _models + model] + value;
            }
        }
    }

    public int Observations { get; }

    /// <summary>[model] of the sample itself.</summary>
    public double[] Means { get; }

    /// <summary>Writes the next resample's means less the sample's.</summary>
    public void Next(Span<double> deviations)
    {
        deviations.Clear();
        foreach (var run in _runs.AsSpan(0, _source.Next(_runs, Observations)))
        {
            var upper = _sums.AsSpan((run.Start + run.Length) * _models, _models);
            var lower = _sums.AsSpan(run.Start * _models, _models);
            for (var model = 0; model < deviations.Length; model++)
            {
                deviations[model] += upper[model] - lower[model];
            }
        }

        for (var model = 0; model < deviations.Length; model++)
        {
            deviations[model] /= Observations;
        }
    }

    private static void Require(IReadOnlyList<double[]> series)
    {
        if (series.Count == 0 || series[0].Length < 2)
        {
            throw new ArgumentException("there must be at least one model with two observations", nameof(series));
        }

        foreach (var values in series)
        {
            if (values.Length != series[0].Length || !values.All(double.IsFinite))
            {
                throw new ArgumentException(
                    $"every model needs {series[0].Length} finite observations", nameof(series));
            }
        }
    }
}

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// The studentised successor of the reality check: models that are clearly worse than the benchmark do not make the
/// others look ordinary. Source: Hansen 2005, "A Test for Superior Predictive Ability". A model without variance is
/// left out.
/// </summary>
/// <param name="Statistic">max(0, max √T·d̄ₖ / ωₖ).</param>
/// <param name="Lower">p-value that treats all poor models as equal to the benchmark at best: liberal.</param>
/// <param name="Consistent">p-value that recentres only models with d̄ₖ ≥ −√(ω²ₖ/T · 2 ln ln T): the one to
/// report.</param>
/// <param name="Upper">p-value that recentres every model: conservative, as White's.</param>
public sealed record SuperiorAbility(double Statistic, double Lower, double Consistent, double Upper)
{
    /// <param name="differences">[model][bar] model less benchmark; at least 3 bars.</param>
    /// <param name="source">Gives the resamples.</param>
    /// <param name="meanBlockLength">The source's mean run, for the models' variances.</param>
    /// <param name="resamples">At least 1.</param>
    /// <exception cref="ArgumentException">No model's differences have variance.</exception>
    public static SuperiorAbility Test(
        IReadOnlyList<double[]> differences,
        IIndexSource source,
        double meanBlockLength,
        int resamples = SharpeInterval.DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var varying = differences.Where(d => Moments.Of(d).HasVariance).ToArray();
        if (varying.Length == 0)
        {
            throw new ArgumentException("no model's differences have variance", nameof(differences));
        }

        var resampler = new ModelResampler(varying, source);
        var root = Math.Sqrt(resampler.Observations);
        var scales = varying
            .Select(d => root / Math.Sqrt(StationaryKernel.LongRunVariance(d, meanBlockLength)))
            .ToArray();
        var statistic = 0.0;
        for (var model = 0; model < scales.Length; model++)
        {
            statistic = Math.Max(statistic, scales[model] * resampler.Means[model]);
        }

        // Recentring by a mean turns d̄* into the deviation d̄* − d̄; by zero it leaves the mean in.
        var threshold = -Math.Sqrt(2 * Math.Log(Math.Log(Math.Max(3, resampler.Observations))));
        var keptLower = resampler.Means.Select(mean => Math.Min(0, mean)).ToArray();
        var keptConsistent = resampler.Means
            .Select((mean, model) => scales[model] * mean >= threshold ? 0 : mean)
            .ToArray();
        var (lower, consistent, upper) = (0, 0, 0);
        var deviations = new double[varying.Length];
        for (var i = 0; i < resamples; i++)
        {
            resampler.Next(deviations);
            var (l, c, u) = (0.0, 0.0, 0.0);
            for (var model = 0; model < deviations.Length; model++)
            {
                l = Math.Max(l, scales[model] * (deviations[model] + keptLower[model]));
                c = Math.Max(c, scales[model] * (deviations[model] + keptConsistent[model]));
                u = Math.Max(u, scales[model] * deviations[model]);
            }

            lower += l >= statistic ? 1 : 0;
            consistent += c >= statistic ? 1 : 0;
            upper += u >= statistic ? 1 : 0;
        }

        double Share(int count) => (1.0 + count) / (1 + resamples);
        return new SuperiorAbility(statistic, Share(lower), Share(consistent), Share(upper));
    }
}

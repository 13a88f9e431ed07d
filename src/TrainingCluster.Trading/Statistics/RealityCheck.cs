namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Whether the best of several models beats a benchmark by more than picking the best explains. Source: White 2000,
/// "A Reality Check for Data Snooping". Differences are model less benchmark, per bar.
/// </summary>
/// <param name="Statistic">V = max √T·d̄ₖ.</param>
/// <param name="Best">The model that V comes from, the first of equal ones.</param>
/// <param name="AtLeast">Resamples whose V* reaches V, ties up to rounding included.</param>
/// <param name="Above">Resamples whose V* exceeds V by more than rounding.</param>
/// <param name="Resamples">B.</param>
public sealed record RealityCheck(double Statistic, int Best, int AtLeast, int Above, int Resamples)
{
    /// <summary>V* that close to V, as a share of it, are ties: sums in another order round differently.</summary>
    private const double Rounding = 1e-12;

    /// <summary>(1 + #{V* ≥ V}) / (1 + B): never zero, as no number of resamples proves certainty.</summary>
    public double PValue => (1.0 + AtLeast) / (1 + Resamples);

    /// <param name="differences">[model][bar].</param>
    /// <param name="source">Gives the resamples.</param>
    /// <param name="resamples">At least 1.</param>
    public static RealityCheck Test(
        IReadOnlyList<double[]> differences, IIndexSource source, int resamples = SharpeInterval.DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var resampler = new ModelResampler(differences, source);
        var root = Math.Sqrt(resampler.Observations);
        var best = Array.IndexOf(resampler.Means, resampler.Means.Max());
        var statistic = root * resampler.Means[best];
        var tolerance = Rounding * Math.Max(Math.Abs(statistic), root * differences.Max(d => d.Max(Math.Abs)));
        var (atLeast, above) = (0, 0);
        var deviations = new double[differences.Count];
        for (var i = 0; i < resamples; i++)
        {
            resampler.Next(deviations);
            var highest = double.NegativeInfinity;
            foreach (var deviation in deviations)
            {
                highest = Math.Max(highest, root * deviation);
            }

            atLeast += highest >= statistic - tolerance ? 1 : 0;
            above += highest > statistic + tolerance ? 1 : 0;
        }

        return new RealityCheck(statistic, best, atLeast, above, resamples);
    }
}

using MathNet.Numerics;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// What serial correlation does to a Sharpe ratio. Source: Lo 2002, "The Statistics of Sharpe Ratios"
/// (standard error under independence, time aggregation); Ljung and Box 1978.
/// </summary>
public static class SerialCorrelation
{
    /// <summary>
    /// η(q) = q / √(q + 2 Σ (q − k) ρₖ): what a Sharpe per bar is multiplied by to span
    /// <paramref name="periods"/> bars. √q where the correlations are zero.
    /// </summary>
    /// <param name="periods">q, at least 1.</param>
    /// <param name="correlations">ρ₁, ρ₂, …; what is missing up to q − 1 counts as zero.</param>
    public static Estimate AnnualisingFactor(int periods, ReadOnlySpan<double> correlations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 1);

        var sum = 0.0;
        for (var lag = 1; lag < periods && lag <= correlations.Length; lag++)
        {
            sum += (periods - lag) * correlations[lag - 1];
        }

        var variance = periods + 2 * sum;
        return variance > 0
            ? Estimate.Of(periods / Math.Sqrt(variance))
            : Estimate.NotDefined(
                $"the variance of {periods} bars together is {variance:R}; it must be positive");
    }

    /// <summary>
    /// √((1 + SR²/2) / T): the standard error of a Sharpe per bar of independent normal returns.
    /// </summary>
    public static double IndependentStandardError(double sharpePerBar, int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        return Math.Sqrt((1 + sharpePerBar * sharpePerBar / 2) / bars);
    }

    /// <summary>ρ₁ … of the sample; empty where all values are equal.</summary>
    public static double[] Autocorrelations(ReadOnlySpan<double> sample, int lags)
    {
        var moments = Moments.Of(sample);
        if (sample.Length < 2 || !moments.HasVariance)
        {
            return [];
        }

        var result = new double[Math.Min(lags, sample.Length - 1)];
        var total = moments.PopulationStandardDeviation * moments.PopulationStandardDeviation * sample.Length;
        for (var lag = 1; lag <= result.Length; lag++)
        {
            var sum = 0.0;
            for (var i = lag; i < sample.Length; i++)
            {
                sum += (sample[i] - moments.Mean) * (sample[i - lag] - moments.Mean);
            }

            result[lag - 1] = sum / total;
        }

        return result;
    }

    /// <summary>The p-value of "the first <paramref name="lags"/> autocorrelations are all zero".</summary>
    public static Estimate LjungBox(ReadOnlySpan<double> sample, int lags)
    {
        var correlations = Autocorrelations(sample, lags);
        if (correlations.Length < lags || lags < 1)
        {
            return Estimate.NotDefined($"{sample.Length} values without variance or too few for {lags} lags");
        }

        var sum = 0.0;
        for (var lag = 1; lag <= lags; lag++)
        {
            sum += correlations[lag - 1] * correlations[lag - 1] / (sample.Length - lag);
        }

        var statistic = sum * sample.Length * (sample.Length + 2.0);
        return Estimate.Of(SpecialFunctions.GammaUpperRegularized(lags / 2.0, statistic / 2));
    }
}

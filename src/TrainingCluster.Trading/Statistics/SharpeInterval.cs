using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Bootstrap intervals for a Sharpe ratio per bar. Sources: Politis and Romano 1994 (stationary bootstrap and
/// its closed-form variance); Götze and Künsch 1996 (studentising by block sums); Ledoit and Wolf
/// 2008 (a studentised interval for Sharpe ratios). Choices: the standard errors are those of the ratio's
/// influence values z − SR/2 (z² − 1), prewhitened for the sample; automatic block lengths are chosen on those
/// values too; quantiles interpolate linearly.
/// </summary>
public static class SharpeInterval
{
    public const int DefaultResamples = 2000;

    /// <summary>With stationary blocks of automatic mean length.</summary>
    public static IntervalEstimate Stationary(
        ReadOnlySpan<double> returns,
        Seed seed,
        int resamples = DefaultResamples,
        double confidence = 0.95,
        IntervalMethod method = IntervalMethod.Studentised)
    {
        var sharpe = SharpeStatistics.Sharpe(returns);
        if (!sharpe.IsDefined)
        {
            return IntervalEstimate.NotDefined(sharpe.Undefined);
        }

        var length = BlockLength.Optimal(InfluenceValues(Standardised(returns), sharpe)).Stationary;
        return FromResamples(
            returns, new StationaryBootstrap(length, seed), length, resamples, confidence, method);
    }

    /// <summary>With resamples from any source.</summary>
    /// <param name="returns">Net returns per bar, in time order.</param>
    /// <param name="source">Gives the resamples.</param>
    /// <param name="meanBlockLength">The source's mean run, for the sample's own standard error.</param>
    /// <param name="resamples">At least 2; 2,000 keep the bounds stable.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="method">How resamples become bounds.</param>
    public static IntervalEstimate FromResamples(
        ReadOnlySpan<double> returns,
        IIndexSource source,
        double meanBlockLength,
        int resamples = DefaultResamples,
        double confidence = 0.95,
        IntervalMethod method = IntervalMethod.Studentised)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "the confidence must lie strictly between 0 and 1");
        }

        var sharpe = SharpeStatistics.Sharpe(returns);
        if (!sharpe.IsDefined)
        {
            return IntervalEstimate.NotDefined(sharpe.Undefined);
        }

        var standardised = Standardised(returns);
        var draws = new SharpeResampler(standardised, sharpe, source)
            .Draw(resamples, studentised: method == IntervalMethod.Studentised);
        if (draws.Length * 2 < resamples)
        {
            return IntervalEstimate.NotDefined(
                $"{resamples - draws.Length} of {resamples} resamples of {returns.Length} returns "
                + "have no spread");
        }

        Array.Sort(draws);
        var (low, high) = (Quantile(draws, (1 - confidence) / 2), Quantile(draws, (1 + confidence) / 2));
        if (method == IntervalMethod.Percentile)
        {
            return new IntervalEstimate(low, high, null);
        }

        var error = PrewhitenedError(InfluenceValues(standardised, sharpe), meanBlockLength);
        return new IntervalEstimate(sharpe - high * error, sharpe - low * error, null);
    }

    /// <summary>
    /// The standard error of the mean of <paramref name="values"/> under the stationary bootstrap: circular
    /// autocovariances weighted by (1 − i/T)(1 − p)ⁱ + (i/T)(1 − p)ᵀ⁻ⁱ.
    /// </summary>
    internal static double StandardError(ReadOnlySpan<double> values, double meanBlockLength)
    {
        var count = values.Length;
        var stay = 1 - 1 / meanBlockLength;
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value;
        }

        mean /= count;
        var variance = 0.0;
        var power = 1.0;
        for (var lag = 0; lag < count && power > 1e-6; lag++)
        {
            var product = 0.0;
            for (var i = 0; i < count - lag; i++)
            {
                product += (values[i] - mean) * (values[i + lag] - mean);
            }

            for (var i = count - lag; i < count; i++)
            {
                product += (values[i] - mean) * (values[i + lag - count] - mean);
            }

            variance += (lag == 0 ? 1 : 2) * (1 - (double)lag / count) * power * product / count;
            power *= stay;
        }

        return Math.Sqrt(Math.Max(0, variance) / count);
    }

    /// <summary>
    /// The same after an autoregression of order one is taken out, and its effect put back: a kernel alone is too low
    /// by the correlations it weighs down. Source: Andrews and Monahan 1992, "An Improved Heteroskedasticity and
    /// Autocorrelation Consistent Covariance Matrix Estimator", with their bound of .97 on the coefficient.
    /// </summary>
    internal static double PrewhitenedError(ReadOnlySpan<double> values, double meanBlockLength)
    {
        // Blocks of one say that bars do not depend on each other.
        if (meanBlockLength == 1 || values.Length < 3)
        {
            return StandardError(values, meanBlockLength);
        }

        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var (cross, square) = (0.0, 0.0);
        for (var i = 1; i < values.Length; i++)
        {
            cross += (values[i] - mean) * (values[i - 1] - mean);
            square += (values[i - 1] - mean) * (values[i - 1] - mean);
        }

        var coefficient = square > 0 ? Math.Clamp(cross / square, -0.97, 0.97) : 0;
        var residuals = new double[values.Length - 1];
        for (var i = 1; i < values.Length; i++)
        {
            residuals[i - 1] = values[i] - mean - coefficient * (values[i - 1] - mean);
        }

        var length = Math.Min(meanBlockLength, BlockLength.Optimal(residuals).Stationary);
        return StandardError(residuals, length) / (1 - coefficient)
            * Math.Sqrt(residuals.Length / (double)values.Length);
    }

    /// <summary>(x − mean) / sd with n − 1.</summary>
    private static double[] Standardised(ReadOnlySpan<double> returns)
    {
        var moments = Moments.Of(returns);
        var result = new double[returns.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (returns[i] - moments.Mean) / moments.StandardDeviation;
        }

        return result;
    }

    private static double[] InfluenceValues(double[] standardised, double sharpe)
    {
        var result = new double[standardised.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = standardised[i] - sharpe / 2 * (standardised[i] * standardised[i] - 1);
        }

        return result;
    }

    /// <summary>Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).</summary>
    private static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length
            ? sorted[below] + (position - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }
}

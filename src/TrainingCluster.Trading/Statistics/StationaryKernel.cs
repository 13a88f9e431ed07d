namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// The variance that the stationary bootstrap gives a mean, in closed form. Source: Politis and Romano 1994,
/// "The Stationary Bootstrap", lemma 1; used by Hansen 2005, "A Test for Superior Predictive Ability".
/// </summary>
public static class StationaryKernel
{
    /// <summary>κ(i) = (1 − i/T)(1 − p)ⁱ + (i/T)(1 − p)ᵀ⁻ⁱ: the weight of the autocovariance at a lag.</summary>
    /// <param name="lag">i, in [1, T − 1].</param>
    /// <param name="observations">T.</param>
    /// <param name="meanBlockLength">1/p.</param>
    public static double Weight(int lag, int observations, double meanBlockLength)
    {
        var stay = 1 - 1 / meanBlockLength;
        var share = (double)lag / observations;
        return (1 - share) * Math.Pow(stay, lag) + share * Math.Pow(stay, observations - lag);
    }

    /// <summary>ω² = γ₀ + 2 Σ κ(i) γᵢ: the long-run variance of one value; never below zero.</summary>
    public static double LongRunVariance(ReadOnlySpan<double> values, double meanBlockLength)
    {
        var error = SharpeInterval.StandardError(values, meanBlockLength);
        return error * error * values.Length;
    }
}

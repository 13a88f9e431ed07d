namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// A test of "the mean is zero" that keeps its level however often it is looked at: a likelihood ratio mixed over
/// N(0, τ²). Sources: Robbins 1970; Johari, Koomen, Pekelis and Walsh 2022, "Always Valid Inference".
/// </summary>
/// <param name="Variance">σ² of one observation, above 0.</param>
/// <param name="PriorVariance">τ², above 0: the size of effects that the test is quickest at.</param>
public readonly record struct MixtureRatio(double Variance, double PriorVariance)
{
    /// <summary>√(σ²/(σ² + nτ²)) · exp(n²τ²d̄² / (2σ²(σ² + nτ²))).</summary>
    public double Ratio(double mean, long count) => Math.Exp(LogRatio(mean, count));

    /// <summary>1 / ratio, at most 1: valid alone at one look; the running minimum is valid at all.</summary>
    public double PValue(double mean, long count) => Math.Min(1, Math.Exp(-LogRatio(mean, count)));

    /// <summary>
    /// Half the width of the interval around d̄ that holds the mean at all times with probability 1 − α: |d̄| equals
    /// it exactly where the ratio is 1/α.
    /// </summary>
    public double HalfWidth(long count, double alpha)
    {
        var total = Variance + count * PriorVariance;
        return Math.Sqrt(
            Variance * total / ((double)count * count * PriorVariance)
            * (2 * Math.Log(1 / alpha) + Math.Log(total / Variance)));
    }

    /// <summary>The τ² that makes the interval narrowest after about so many observations.</summary>
    /// <remarks>Solves d width / d τ = 0 to first order, as in Waudby-Smith and others 2021, appendix B.</remarks>
    public static double PriorFor(double variance, long horizon, double alpha)
    {
        var level = -2 * Math.Log(alpha);
        return variance * (level + Math.Log(level + 1)) / horizon;
    }

    private double LogRatio(double mean, long count)
    {
        var total = Variance + count * PriorVariance;
        return 0.5 * Math.Log(Variance / total)
            + (double)count * count * PriorVariance * mean * mean / (2 * Variance * total);
    }
}

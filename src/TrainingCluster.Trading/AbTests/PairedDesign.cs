using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.AbTests;

/// <summary>How long two models must be compared before a difference in Sharpe can be seen.</summary>
public static class PairedDesign
{
    /// <summary>(z₁₋α⸝₂ + z_power)² · 2(1 − ρ) / Δ²: whole bars, rounded up.</summary>
    /// <param name="differencePerBar">Δ of the Sharpe ratios per bar, not 0.</param>
    /// <param name="correlation">ρ of the arms' returns: 0 for arms on different bars, near 1 where both see the
    /// same.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="power">Probability of seeing the difference where there is one.</param>
    public static long BarsPerArm(
        double differencePerBar, double correlation, double alpha = 0.05, double power = 0.8)
    {
        if (differencePerBar == 0 || !(Math.Abs(correlation) < 1))
        {
            throw new ArgumentException(
                $"a difference of {differencePerBar} at correlation {correlation} cannot be planned for; the "
                + "difference must not be 0 and the correlation must lie strictly between -1 and 1");
        }

        var distance = StandardNormal.Quantile(1 - alpha / 2) + StandardNormal.Quantile(power);
        return (long)Math.Ceiling(distance * distance * 2 * (1 - correlation) / (differencePerBar * differencePerBar));
    }
}

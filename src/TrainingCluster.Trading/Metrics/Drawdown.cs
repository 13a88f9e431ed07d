namespace TrainingCluster.Trading.Metrics;

/// <summary>The worst fall from a peak.</summary>
/// <param name="Ratio">Share of the peak that was lost, in [0, 1].</param>
/// <param name="Peak">Index of the peak.</param>
/// <param name="Trough">Index of the lowest value after it; equal to the peak where nothing fell.</param>
public readonly record struct Drawdown(double Ratio, int Peak, int Trough)
{
    /// <summary>
    /// Of equity values, which are not negative; the first of equal ones. All zero for an empty curve.
    /// </summary>
    public static Drawdown Worst(ReadOnlySpan<double> equity)
    {
        var worst = default(Drawdown);
        var peak = 0;
        for (var i = 1; i < equity.Length; i++)
        {
            if (equity[i] > equity[peak])
            {
                peak = i;
            }
            else if (equity[peak] > 0 && 1 - equity[i] / equity[peak] is var ratio && ratio > worst.Ratio)
            {
                worst = new Drawdown(ratio, peak, i);
            }
        }

        return worst;
    }
}

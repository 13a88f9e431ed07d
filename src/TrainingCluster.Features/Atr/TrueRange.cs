namespace TrainingCluster.Features.Atr;

/// <summary>The true range (Wilder 1978, "New Concepts in Technical Trading Systems", section III).</summary>
public static class TrueRange
{
    /// <summary>
    /// The largest of high − low, |high − previous close| and |low − previous close|, in price units; NaN
    /// where the previous close is NaN.
    /// </summary>
    public static double Of(double high, double low, double previousClose) =>
        Math.Max(high - low, Math.Max(Math.Abs(high - previousClose), Math.Abs(low - previousClose)));
}

using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Metrics;

/// <summary>Ratios of gain to harm. All per bar.</summary>
public static class RiskRatios
{
    /// <summary>
    /// (mean − target) / downside deviation. Source: Sortino and van der Meer 1991. Choice: squared
    /// shortfalls are averaged over all values, not only over those below the target.
    /// </summary>
    public static Estimate Sortino(ReadOnlySpan<double> returns, double targetPerBar = 0)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in returns)
        {
            sum += value - targetPerBar;
            var shortfall = Math.Min(0, value - targetPerBar);
            squares += shortfall * shortfall;
        }

        return squares > 0
            ? Estimate.Of(sum / returns.Length / Math.Sqrt(squares / returns.Length))
            : Estimate.NotDefined($"none of {returns.Length} returns is below the target {targetPerBar:R}");
    }

    /// <summary>
    /// Σ excess above the threshold / Σ shortfall below it. Source: Keating and Shadwick 2002.
    /// </summary>
    public static Estimate Omega(ReadOnlySpan<double> returns, double thresholdPerBar = 0)
    {
        var (gains, losses) = (0.0, 0.0);
        foreach (var value in returns)
        {
            gains += Math.Max(0, value - thresholdPerBar);
            losses += Math.Max(0, thresholdPerBar - value);
        }

        return losses > 0
            ? Estimate.Of(gains / losses)
            : Estimate.NotDefined(
                $"none of {returns.Length} returns is below the threshold {thresholdPerBar:R}");
    }
}

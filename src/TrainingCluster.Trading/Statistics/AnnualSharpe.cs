namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// A Sharpe ratio annualised twice: by √q, which assumes that bars do not depend on each other, and by Lo's η(q),
/// which does not.
/// </summary>
/// <param name="Plain">SR · √q.</param>
/// <param name="Adjusted">SR · η(q) with the sample's own autocorrelations.</param>
/// <param name="LjungBox">p-value of "the first autocorrelations are all zero".</param>
/// <param name="IsCorrelated">Whether that p-value is below .05, so that the adjusted ratio is the one to
/// report.</param>
public sealed record AnnualSharpe(Estimate Plain, Estimate Adjusted, Estimate LjungBox, bool IsCorrelated)
{
    private const double Level = 0.05;
    private const int MostLags = 20;

    /// <summary>The adjusted ratio where returns are serially correlated, else the plain one.</summary>
    public Estimate Reported => IsCorrelated ? Adjusted : Plain;

    /// <param name="returns">Net returns per bar, in time order.</param>
    /// <param name="barsPerYear">q; η counts whole bars, so it is rounded there.</param>
    /// <param name="lags">Autocorrelations that are looked at; 0 chooses min(20, T/5). Estimates at longer lags are
    /// noise and count as zero.</param>
    public static AnnualSharpe Of(ReadOnlySpan<double> returns, double barsPerYear, int lags = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        if (!(barsPerYear >= 1 && barsPerYear < int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(barsPerYear), barsPerYear, "the bars per year must be at least 1 and finite");
        }

        var sharpe = SharpeStatistics.Sharpe(returns);
        if (!sharpe.IsDefined)
        {
            return new AnnualSharpe(sharpe, sharpe, sharpe, false);
        }

        var used = lags > 0 ? lags : Math.Max(1, Math.Min(MostLags, returns.Length / 5));
        var correlations = SerialCorrelation.Autocorrelations(returns, used);
        var factor = SerialCorrelation.AnnualisingFactor((int)Math.Round(barsPerYear), correlations);
        var test = SerialCorrelation.LjungBox(returns, used);
        return new AnnualSharpe(
            Estimate.Of(sharpe * Math.Sqrt(barsPerYear)),
            factor.IsDefined ? Estimate.Of(sharpe * factor) : factor,
            test,
            test < Level);
    }
}

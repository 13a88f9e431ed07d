namespace TrainingCluster.Trading.Regimes;

/// <summary>How regimes are told apart; shares are quantiles of the training window.</summary>
/// <param name="WindowBars">Bars of movement looked at, at least 2.</param>
/// <param name="ConfirmationBars">Bars in a row that must say the same before the regime changes, at least
/// 1.</param>
/// <param name="VolatileShare">Volatility above this quantile is volatile.</param>
/// <param name="TrendingShare">Efficiency above this quantile is trending.</param>
/// <param name="ChoppyShare">Without a trend, volatility above this quantile is choppy and below it
/// ranging.</param>
public sealed record RegimeOptions(
    int WindowBars = 20,
    int ConfirmationBars = 3,
    double VolatileShare = 0.85,
    double TrendingShare = 0.65,
    double ChoppyShare = 0.5)
{
    /// <exception cref="ArgumentException">A value is out of range; the message lists all.</exception>
    public void Validate()
    {
        var broken = new List<string>();
        Check(WindowBars >= 2, $"WindowBars is {WindowBars}; it must be at least 2");
        Check(ConfirmationBars >= 1, $"ConfirmationBars is {ConfirmationBars}; it must be at least 1");
        Check(IsShare(VolatileShare), $"VolatileShare is {VolatileShare:R}; it must lie in (0, 1)");
        Check(IsShare(TrendingShare), $"TrendingShare is {TrendingShare:R}; it must lie in (0, 1)");
        Check(IsShare(ChoppyShare), $"ChoppyShare is {ChoppyShare:R}; it must lie in (0, 1)");
        Check(
            ChoppyShare <= VolatileShare,
            $"ChoppyShare is {ChoppyShare:R}; it must not exceed VolatileShare");
        if (broken.Count > 0)
        {
            throw new ArgumentException("Regimes cannot be told apart:\n  " + string.Join("\n  ", broken));
        }

        void Check(bool holds, FormattableString rule)
        {
            if (!holds)
            {
                broken.Add(FormattableString.Invariant(rule));
            }
        }
    }

    private static bool IsShare(double value) => value is > 0 and < 1;
}

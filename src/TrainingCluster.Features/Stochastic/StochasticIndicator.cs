using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Stochastic;

/// <summary>
/// The fast stochastic %K, 0 to 100 (Lane 1984, "Lane's Stochastics", Stocks and Commodities 2:3): where the
/// close stands between the lowest low and the highest high. 50 where these are equal. Its simple moving
/// average of three bars is the slow %K.
/// </summary>
public sealed class StochasticIndicator(StochasticOptions options)
{
    private readonly RollingExtreme _highest =
        RollingExtreme.Largest(PeriodRule.Require(options.Period, "stochastic.period"));

    private readonly RollingExtreme _lowest = RollingExtreme.Smallest(options.Period);

    /// <summary>Takes the next bar and answers %K, NaN until the window is full.</summary>
    public double Next(double high, double low, double close)
    {
        var highest = _highest.Next(high);
        var lowest = _lowest.Next(low);
        var range = highest - lowest;
        return range == 0 ? 50 : 100 * ((close - lowest) / range);
    }

    /// <summary>One value a bar; NaN before bar period−1.</summary>
    public static double[] Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        StochasticOptions options)
    {
        var indicator = new StochasticIndicator(options);
        var result = new double[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(high[t], low[t], close[t]);
        }

        return result;
    }
}

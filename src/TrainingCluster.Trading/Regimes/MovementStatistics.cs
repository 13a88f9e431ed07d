namespace TrainingCluster.Trading.Regimes;

/// <summary>
/// How far and how restlessly prices moved over the last bars; NaN before the first full window.
/// </summary>
/// <param name="Efficiency">[bar] |Σ r| / Σ |r|, in [0, 1]; 0 where nothing moved.</param>
/// <param name="Volatility">[bar] √(Σ r² / n) of log returns.</param>
internal sealed record MovementStatistics(double[] Efficiency, double[] Volatility)
{
    /// <summary>
    /// Each window is summed afresh, so that a value depends on its own bars only, bit for bit.
    /// </summary>
    public static MovementStatistics Of(ReadOnlySpan<double> close, int windowBars)
    {
        var returns = new double[close.Length];
        for (var t = 1; t < close.Length; t++)
        {
            returns[t] = Math.Log(close[t] / close[t - 1]);
        }

        var efficiency = new double[close.Length];
        var volatility = new double[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            if (t < windowBars)
            {
                (efficiency[t], volatility[t]) = (double.NaN, double.NaN);
                continue;
            }

            var (sum, path, squares) = (0.0, 0.0, 0.0);
            foreach (var value in returns.AsSpan(t - windowBars + 1, windowBars))
            {
                sum += value;
                path += Math.Abs(value);
                squares += value * value;
            }

            efficiency[t] = path > 0 ? Math.Abs(sum) / path : 0;
            volatility[t] = Math.Sqrt(squares / windowBars);
        }

        return new MovementStatistics(efficiency, volatility);
    }
}

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Close-to-close log returns with their median and 1.4826 · MAD, taken over the bars that moved.</summary>
internal sealed class RobustReturns
{
    private const double NormalConsistency = 1.4826;
    private const int Fewest = 10;

    private RobustReturns(double[] values, double median, double deviation)
    {
        Values = values;
        Median = median;
        Deviation = deviation;
    }

    /// <summary>One a bar; 0 at the first.</summary>
    public double[] Values { get; }

    public double Median { get; }

    public double Deviation { get; }

    /// <summary>Null where too few bars moved to say how much is usual.</summary>
    public static RobustReturns? Of(ReadOnlySpan<double> close) => OfReturns(LogReturns(close));

    /// <inheritdoc cref="Of(ReadOnlySpan{double})"/>
    /// <param name="returns">What <see cref="LogReturns"/> gave.</param>
    public static RobustReturns? OfReturns(double[] returns)
    {
        var moving = Array.FindAll(returns, r => double.IsFinite(r) && r != 0);
        if (moving.Length < Fewest)
        {
            return null;
        }

        var median = MedianOf(moving);
        var deviation = NormalConsistency * MedianOf(Array.ConvertAll(moving, r => Math.Abs(r - median)));
        return deviation > 0 ? new RobustReturns(returns, median, deviation) : null;
    }

    /// <summary>Close to close, one a bar; 0 at the first.</summary>
    public static double[] LogReturns(ReadOnlySpan<double> close)
    {
        var returns = new double[close.Length];
        for (var t = 1; t < close.Length; t++)
        {
            returns[t] = Math.Log(close[t] / close[t - 1]);
        }

        return returns;
    }

    public double ScoreOf(int bar) => Math.Abs(Values[bar] - Median) / Deviation;

    /// <summary>Whether a bar leaps away and the next one comes back by at least four fifths.</summary>
    public bool IsSpike(int bar, double deviations) => ScoreOf(bar) > deviations && ComesBack(bar);

    public bool ComesBack(int bar) =>
        bar + 1 < Values.Length && Math.Abs(Values[bar] + Values[bar + 1]) < 0.2 * Math.Abs(Values[bar]);

    /// <summary>Sorts the values.</summary>
    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

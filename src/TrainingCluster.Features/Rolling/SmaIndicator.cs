using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.Rolling;

/// <summary>The simple moving average: the mean of the last <c>period</c> values.</summary>
public sealed class SmaIndicator(int period) : IValueIndicator
{
    private readonly RollingMean _mean = new(period);

    public int WarmUp => period - 1;

    /// <summary>Takes the next value and answers the average, NaN until the window is full.</summary>
    public double Next(double value) => _mean.Next(value);

    /// <summary>
    /// One value a bar; NaN before bar period−1. NaN in front of the values delays the start.
    /// </summary>
    public static double[] Compute(ReadOnlySpan<double> values, int period) =>
        new SmaIndicator(period).Compute(values);
}

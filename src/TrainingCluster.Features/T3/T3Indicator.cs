using System.Globalization;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.T3;

/// <summary>
/// Tillson's moving average (Tillson 1998, "Smoothing Techniques for More Accurate Signals", Stocks and
/// Commodities 16:1): a weighted sum of the third to the sixth of six averages of averages.
/// </summary>
public sealed class T3Indicator : IValueIndicator
{
    private const int Averages = 6;

    private readonly EmaIndicator[] _averages;
    private readonly double[] _weights;

    public T3Indicator(T3Options options)
    {
        PeriodRule.Require(options.Period, "t3.period");
        if (options.Factor is not (>= 0 and <= 1))
        {
            var factor = options.Factor.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentException($"t3.factor is {factor}; it must be from 0 to 1");
        }

        _averages = [.. Enumerable.Range(0, Averages).Select(_ => new EmaIndicator(new EmaOptions(options.Period)))];
        var (v, squared, cubed) = (options.Factor, options.Factor * options.Factor, Math.Pow(options.Factor, 3));
        _weights =
            [1 + 3 * v + cubed + 3 * squared, -6 * squared - 3 * v - 3 * cubed, 3 * squared + 3 * cubed, -cubed];
    }

    public int WarmUp => Averages * _averages[0].WarmUp;

    public double Next(double value)
    {
        var result = 0.0;
        for (var i = 0; i < Averages; i++)
        {
            value = _averages[i].Next(value);
            if (double.IsNaN(value))
            {
                return double.NaN;
            }

            result += i >= 2 ? _weights[i - 2] * value : 0;
        }

        return result;
    }
}

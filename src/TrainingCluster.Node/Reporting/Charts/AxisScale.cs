namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>Maps values to heights and picks round numbers for the grid (Heckbert 1990, "Nice numbers").</summary>
internal sealed class AxisScale
{
    private readonly bool _logarithmic;

    private AxisScale(double low, double high, bool logarithmic)
    {
        Low = low;
        High = high;
        _logarithmic = logarithmic;
    }

    public double Low { get; }

    public double High { get; }

    public static AxisScale Over(IEnumerable<double> values, bool logarithmic, double? include)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (double.IsFinite(value) && (!logarithmic || value > 0))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        if (include is { } always)
        {
            low = Math.Min(low, always);
            high = Math.Max(high, always);
        }

        if (low > high)
        {
            (low, high) = logarithmic ? (1, 10) : (0, 1);
        }

        if (high - low < 1e-12)
        {
            var margin = Math.Max(Math.Abs(high) * 0.1, 1e-6);
            (low, high) = logarithmic ? (low / 1.1, high * 1.1) : (low - margin, high + margin);
        }

        return new AxisScale(low, high, logarithmic);
    }

    /// <summary>0 at the bottom, 1 at the top.</summary>
    public double Fraction(double value) => _logarithmic
        ? (Math.Log(Math.Max(value, Low)) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value - Low) / (High - Low);

    public IEnumerable<double> Ticks(int about)
    {
        // Within a decade round numbers read better than equal ratios.
        if (_logarithmic && High / Low > 10)
        {
            for (var i = 0; i <= about; i++)
            {
                yield return Low * Math.Pow(High / Low, (double)i / about);
            }

            yield break;
        }

        var step = NiceStep((High - Low) / about);
        for (var tick = Math.Ceiling(Low / step) * step; tick <= High + step * 1e-9; tick += step)
        {
            yield return Math.Abs(tick) < step * 1e-9 ? 0 : tick;
        }
    }

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
    }
}

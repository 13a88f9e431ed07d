using System.Globalization;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Bollinger;

/// <summary>Bollinger bands (Bollinger 2001, "Bollinger on Bollinger Bands", chapter 7).</summary>
public sealed class BollingerIndicator
{
    private readonly RollingMoments _moments;
    private readonly BollingerOptions _options;
    private readonly EmaIndicator? _average;

    public BollingerIndicator(BollingerOptions options)
    {
        if (!(options.Width > 0 && double.IsFinite(options.Width) && options.LowerWidth >= 0))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"bollinger.width is {options.Width}, lower {options.LowerWidth}; it must be above 0 and finite"));
        }

        _options = options;
        _moments = new RollingMoments(PeriodRule.Require(options.Period, "bollinger.period", 2));
        _average = options.Middle switch
        {
            BollingerMiddle.Exponential => new EmaIndicator(new EmaOptions(options.Period)),
            BollingerMiddle.ExponentialFromFirst =>
                new EmaIndicator(new EmaOptions(options.Period, EmaSeed.First)),
            _ => null,
        };
    }

    /// <summary>Takes the next close and answers the bands, NaN until the window is full.</summary>
    public BollingerValue Next(double close)
    {
        _moments.Add(close);
        var deviation = _options.Divisor == DeviationDivisor.Population
            ? _moments.PopulationDeviation
            : _moments.SampleDeviation;
        var middle = _average?.Next(close) ?? _moments.Mean;
        var below = _options.LowerWidth > 0 ? _options.LowerWidth : _options.Width;
        return new BollingerValue(middle - below * deviation, middle, middle + _options.Width * deviation);
    }

    /// <summary>One value a bar; NaN before bar period−1.</summary>
    public static BollingerValue[] Compute(ReadOnlySpan<double> close, BollingerOptions options)
    {
        var indicator = new BollingerIndicator(options);
        var result = new BollingerValue[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(close[t]);
        }

        return result;
    }
}

using System.Globalization;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Bollinger;

/// <summary>Bollinger bands (Bollinger 2001, "Bollinger on Bollinger Bands", chapter 7).</summary>
public sealed class BollingerIndicator
{
    private readonly RollingMoments _moments;
    private readonly BollingerOptions _options;

    public BollingerIndicator(BollingerOptions options)
    {
        if (!(options.Width > 0 && double.IsFinite(options.Width)))
        {
            var width = options.Width.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentException($"bollinger.width is {width}; it must be above 0 and finite");
        }

        _options = options;
        _moments = new RollingMoments(PeriodRule.Require(options.Period, "bollinger.period", 2));
    }

    /// <summary>Takes the next close and answers the bands, NaN until the window is full.</summary>
    public BollingerValue Next(double close)
    {
        _moments.Add(close);
        var deviation = _options.Divisor == DeviationDivisor.Population
            ? _moments.PopulationDeviation
            : _moments.SampleDeviation;
        var distance = _options.Width * deviation;
        return new BollingerValue(_moments.Mean - distance, _moments.Mean, _moments.Mean + distance);
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

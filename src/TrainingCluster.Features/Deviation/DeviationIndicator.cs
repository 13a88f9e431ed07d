using TrainingCluster.Features.Bollinger;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Deviation;

/// <summary>The standard deviation of the last values, times a width.</summary>
public sealed class DeviationIndicator(DeviationOptions options) : IValueIndicator
{
    private readonly RollingMoments _moments = new(PeriodRule.Require(options.Period, "stddev.period", 2));

    public int WarmUp => options.Period - 1;

    public double Next(double value)
    {
        _moments.Add(value);
        return options.Width * (options.Divisor == DeviationDivisor.Population
            ? _moments.PopulationDeviation
            : _moments.SampleDeviation);
    }
}

using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.ZScore;

/// <summary>
/// How many standard deviations (divisor n) the value stands above the mean of its window; 0 where the window
/// does not move.
/// </summary>
public sealed class ZScoreIndicator(ZScoreOptions options) : IValueIndicator
{
    private readonly RollingMoments _moments = new(PeriodRule.Require(options.Period, "zscore.period", 2));

    public int WarmUp => options.Period - 1;

    public double Next(double value)
    {
        _moments.Add(value);
        var deviation = _moments.PopulationDeviation;
        return deviation == 0 ? 0 : (value - _moments.Mean) / deviation;
    }
}

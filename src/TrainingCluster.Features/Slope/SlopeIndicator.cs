using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Wma;

namespace TrainingCluster.Features.Slope;

/// <summary>
/// The slope of the least-squares line through the last values, in units a bar. With the weighted and the
/// simple average it is 6 · (WMA − SMA) / (n − 1), because the line's mean is the simple average and its
/// moment about the window's middle gives the weighted one.
/// </summary>
public sealed class SlopeIndicator(SlopeOptions options) : IValueIndicator
{
    private readonly WmaIndicator _weighted =
        new(new WmaOptions(PeriodRule.Require(options.Period, "slope.period", 2)));

    private readonly SmaIndicator _simple = new(options.Period);

    public int WarmUp => options.Period - 1;

    public double Next(double value) =>
        6 * (_weighted.Next(value) - _simple.Next(value)) / (options.Period - 1);
}

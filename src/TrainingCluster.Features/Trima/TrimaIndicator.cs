using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Trima;

/// <summary>
/// The triangular moving average (Achelis 2000, "Technical Analysis from A to Z"): the simple average of the
/// simple average, their periods adding up to one more than its own.
/// </summary>
public sealed class TrimaIndicator : IValueIndicator
{
    private readonly Chain _averages;

    public TrimaIndicator(TrimaOptions options)
    {
        var period = PeriodRule.Require(options.Period, "trima.period");
        var inner = (period + 1) / 2;
        _averages = new Chain(new SmaIndicator(inner), new SmaIndicator(period + 1 - inner));
    }

    public int WarmUp => _averages.WarmUp;

    public double Next(double value) => _averages.Next(value);
}

using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Volatility;

/// <summary>
/// Realised volatility per bar, not annualised: the sample deviation of the last <c>period</c> one-bar log
/// returns (Hull 2018, "Options, Futures, and Other Derivatives", section 15.4).
/// </summary>
/// <param name="period">Returns in a window, at least 2.</param>
public sealed class VolatilityFeature(int period) : IFeature
{
    private readonly int _period = PeriodRule.Require(period, "volatility.period", 2);

    public ImmutableArray<string> Names { get; } = [$"volatility_{period}"];

    public int WarmUp => _period;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var moments = new RollingMoments(_period);
        var close = bars.Close;
        var column = columns[0];
        for (var t = 1; t < close.Length; t++)
        {
            moments.Add(Math.Log(close[t] / close[t - 1]));
            column[t] = moments.SampleDeviation;
        }
    }
}

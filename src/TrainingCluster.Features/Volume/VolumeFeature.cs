using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Volume;

/// <summary>
/// Volume against its own recent past, the bar included: (volume − mean) / sample deviation, 0 where the
/// volume did not vary, and volume / mean, 1 where there was none. Own definitions; compare Karpoff 1987
/// (JFQA 22:1) for why.
/// </summary>
/// <param name="period">Bars in a window, at least 2.</param>
public sealed class VolumeFeature(int period) : IFeature
{
    private readonly int _period = PeriodRule.Require(period, "volume.period", 2);

    public ImmutableArray<string> Names { get; } = [$"volume_z_{period}", $"volume_ratio_{period}"];

    public int WarmUp => _period - 1;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var moments = new RollingMoments(_period);
        var volume = bars.Volume;
        var (scores, ratios) = (columns[0], columns[1]);
        for (var t = 0; t < volume.Length; t++)
        {
            moments.Add(volume[t]);
            if (t >= WarmUp)
            {
                var deviation = moments.SampleDeviation;
                scores[t] = deviation == 0 ? 0 : (volume[t] - moments.Mean) / deviation;
                ratios[t] = moments.Mean == 0 ? 1 : volume[t] / moments.Mean;
            }
        }
    }
}

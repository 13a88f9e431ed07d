using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Calendar;

/// <summary>
/// The weekday of the stamp (UTC) as a point on a circle, so that Sunday lies next to Monday; weekday effects
/// are reported by French 1980 (Journal of Financial Economics 8:1).
/// </summary>
public sealed class WeekdayFeature : IFeature
{
    private const long MillisecondsPerDay = 86_400_000;

    public ImmutableArray<string> Names { get; } = ["weekday_sin", "weekday_cos"];

    public int WarmUp => 0;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        Span<double> sines = stackalloc double[7];
        Span<double> cosines = stackalloc double[7];
        for (var day = 0; day < 7; day++)
        {
            (sines[day], cosines[day]) = Math.SinCos(2 * Math.PI * day / 7);
        }

        var times = bars.Times;
        for (var t = 0; t < times.Length; t++)
        {
            // The epoch was a Thursday, weekday 4 counted from Sunday.
            var days = Math.DivRem(times[t], MillisecondsPerDay, out var rest) - (rest < 0 ? 1 : 0);
            var weekday = (int)(((days + 4) % 7 + 7) % 7);
            columns[0][t] = sines[weekday];
            columns[1][t] = cosines[weekday];
        }
    }
}

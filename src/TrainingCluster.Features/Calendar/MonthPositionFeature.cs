using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Calendar;

/// <summary>
/// How far the month has gone at the stamp (UTC): 0 on its first day, 1 on its last; turn-of-the-month
/// effects are reported by Lakonishok, Smidt 1988 (Review of Financial Studies 1:4).
/// </summary>
public sealed class MonthPositionFeature : IFeature
{
    public ImmutableArray<string> Names { get; } = ["month_position"];

    public int WarmUp => 0;

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var times = bars.Times;
        var column = columns[0];
        for (var t = 0; t < times.Length; t++)
        {
            var day = DateTime.UnixEpoch.AddTicks(times[t] * TimeSpan.TicksPerMillisecond);
            column[t] = (day.Day - 1.0) / (DateTime.DaysInMonth(day.Year, day.Month) - 1);
        }
    }
}

using System.Collections.Immutable;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Profiles;

/// <summary>How well a calendar fits the stamps.</summary>
/// <param name="Name">Of the calendar.</param>
/// <param name="Missing">Bars that it has and the stamps do not.</param>
/// <param name="Outside">Bars at times when it is closed; counted over at most 20,000 and scaled up.</param>
public sealed record CalendarFit(string Name, long Missing, long Outside);

/// <summary>The rhythm of some bars.</summary>
/// <param name="Interval">The median step.</param>
/// <param name="UsualSteps">Share of steps of exactly that length.</param>
/// <param name="BarsPerYear">To annualise with.</param>
/// <param name="Days">Days in UTC with bars.</param>
/// <param name="BarsPerDay">The median over those days.</param>
/// <param name="FirstOfDay">The most frequent time of a day's first bar in UTC; null for daily and longer bars.</param>
/// <param name="LastOfDay">The same of the last bar.</param>
/// <param name="TradesWeekends">Whether there are bars on more than a fifth of what weekends have.</param>
/// <param name="Calendars">The best fit first; empty for bars of more than two days.</param>
public sealed record RhythmSummary(
    TimeSpan Interval, double UsualSteps, double BarsPerYear, int Days, int BarsPerDay, TimeOnly? FirstOfDay,
    TimeOnly? LastOfDay, bool TradesWeekends, ImmutableArray<CalendarFit> Calendars)
{
    private const long Day = 86_400_000;
    private const int Sampled = 20_000;

    /// <returns>Null with fewer than two bars.</returns>
    public static RhythmSummary? Of(BarSeries bars)
    {
        if (bars.Count < 2)
        {
            return null;
        }

        var times = bars.Times.ToArray();
        var interval = (long)bars.Interval.TotalMilliseconds;
        var usual = Enumerable.Range(1, times.Length - 1).Count(t => times[t] - times[t - 1] == interval);
        var days = times.GroupBy(time => time / Day)
            .Select(day => (First: day.Min(), Last: day.Max(), Count: day.Count())).ToArray();
        var weekends = days.Count(day => DateTimeOffset.FromUnixTimeMilliseconds(day.First).DayOfWeek
            is DayOfWeek.Saturday or DayOfWeek.Sunday);
        var isDaily = interval >= Day * 20 / 24;
        return new RhythmSummary(
            bars.Interval, (double)usual / (times.Length - 1), bars.BarsPerYear, days.Length,
            days.Select(day => day.Count).Order().ElementAt(days.Length / 2),
            isDaily ? null : TimeOf(days.Select(day => day.First)),
            isDaily ? null : TimeOf(days.Select(day => day.Last)),
            weekends > days.Length / 5.0, Fits(times, bars.Interval));
    }

    private static TimeOnly TimeOf(IEnumerable<long> moments)
    {
        var time = moments.Select(moment => (moment % Day + Day) % Day)
            .CountBy(time => time).MaxBy(pair => pair.Value).Key;
        return new TimeOnly(time * TimeSpan.TicksPerMillisecond);
    }

    private static ImmutableArray<CalendarFit> Fits(long[] times, TimeSpan interval) =>
        interval > TimeSpan.FromDays(2)
            ? []
            :
            [
                .. new[] { TradingCalendar.UsEquities, TradingCalendar.Forex, TradingCalendar.AlwaysOpen }
                    .Select(calendar => Fit(calendar, times, interval))
                    .OrderBy(fit => fit.Missing + fit.Outside),
            ];

    private static CalendarFit Fit(TradingCalendar calendar, long[] times, TimeSpan interval)
    {
        var (missing, outside) = (0L, 0L);
        var step = (long)interval.TotalMilliseconds;
        var every = Math.Max(1, times.Length / Sampled);
        var isDaily = interval >= TimeSpan.FromHours(20);
        for (var t = 0; t < times.Length; t++)
        {
            if (t > 0 && times[t] - times[t - 1] > step)
            {
                missing += calendar.MissingBetween(Moment(times[t - 1]), Moment(times[t]), interval);
            }

            if (t % every == 0 && !(isDaily
                ? calendar.SessionOf(DateOnly.FromDateTime(Moment(times[t]).UtcDateTime)) is not null
                : calendar.IsOpenAt(Moment(times[t]))))
            {
                outside += every;
            }
        }

        return new CalendarFit(calendar.Name, missing, outside);
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

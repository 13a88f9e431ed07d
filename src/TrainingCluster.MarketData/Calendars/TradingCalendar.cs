namespace TrainingCluster.MarketData.Calendars;

/// <summary>Which days a market trades on, and when.</summary>
public abstract class TradingCalendar
{
    /// <summary>As settings name it, such as <c>us-equities</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Of the exchange's clock.</summary>
    public abstract TimeZoneInfo Zone { get; }

    public static TradingCalendar UsEquities { get; } = new UsEquityCalendar();

    public static TradingCalendar AlwaysOpen { get; } = new AlwaysOpenCalendar();

    public static TradingCalendar Forex { get; } = new ForexCalendar();

    /// <summary>Null for an unknown name.</summary>
    public static TradingCalendar? Find(string name) =>
        new[] { UsEquities, AlwaysOpen, Forex }.FirstOrDefault(calendar => calendar.Name == name);

    /// <summary>Null where the market rests all day.</summary>
    public abstract TradingSession? SessionOf(DateOnly day);

    public bool IsOpenAt(DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
        return Holds(SessionOf(day)) || Holds(SessionOf(day.AddDays(1)));

        bool Holds(TradingSession? session) =>
            session is not null && session.Open <= moment && moment < session.Close;
    }

    /// <summary>Trading days of a span, both ends included.</summary>
    public IEnumerable<TradingSession> Sessions(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (SessionOf(day) is { } session)
            {
                yield return session;
            }
        }
    }

    /// <summary>
    /// How many bars belong between two neighbouring ones: trading days for an interval of about a day, else whole
    /// intervals of open time after the first one's.
    /// </summary>
    public long MissingBetween(DateTimeOffset first, DateTimeOffset second, TimeSpan interval)
    {
        var (from, to) = (DateOnly.FromDateTime(first.UtcDateTime), DateOnly.FromDateTime(second.UtcDateTime));
        if (interval >= TimeSpan.FromHours(20))
        {
            return Sessions(from.AddDays(1), to.AddDays(-1)).Count();
        }

        var start = first + interval;
        var open = TimeSpan.Zero;
        foreach (var session in Sessions(from.AddDays(-1), to.AddDays(1)))
        {
            var begin = session.Open > start ? session.Open : start;
            var end = session.Close < second ? session.Close : second;
            open += end > begin ? end - begin : TimeSpan.Zero;
        }

        return (long)(open / interval);
    }

    protected DateTimeOffset At(DateOnly day, int hour, int minute)
    {
        var local = day.ToDateTime(new TimeOnly(hour, minute));
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

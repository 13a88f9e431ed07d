namespace TrainingCluster.MarketData.Calendars;

/// <summary>
/// From Sunday 17:00 to Friday 17:00 of New York without a break; a trading day ends at 17:00. Christmas and New
/// Year's Day are no trading days.
/// </summary>
internal sealed class ForexCalendar : TradingCalendar
{
    public override string Name => "forex";

    public override TimeZoneInfo Zone => field ??= TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    public override TradingSession? SessionOf(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || day is { Month: 12, Day: 25 } or { Month: 1, Day: 1 }
            ? null
            : new TradingSession(day, At(day.AddDays(-1), 17, 0), At(day, 17, 0), IsShort: false);
}

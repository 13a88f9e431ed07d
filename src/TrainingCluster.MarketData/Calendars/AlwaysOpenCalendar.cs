namespace TrainingCluster.MarketData.Calendars;

/// <summary>Every minute of every day in UTC: markets of crypto-currencies.</summary>
internal sealed class AlwaysOpenCalendar : TradingCalendar
{
    public override string Name => "always-open";

    public override TimeZoneInfo Zone => TimeZoneInfo.Utc;

    public override TradingSession SessionOf(DateOnly day) =>
        new(day, At(day, 0, 0), At(day.AddDays(1), 0, 0), IsShort: false);
}

namespace TrainingCluster.MarketData.Calendars;

/// <summary>When a market was open on one trading day.</summary>
/// <param name="Day">The trading day; a session may begin on the evening before.</param>
/// <param name="Open">In UTC.</param>
/// <param name="Close">In UTC, exclusive.</param>
/// <param name="IsShort">Whether it closed early.</param>
public sealed record TradingSession(DateOnly Day, DateTimeOffset Open, DateTimeOffset Close, bool IsShort);

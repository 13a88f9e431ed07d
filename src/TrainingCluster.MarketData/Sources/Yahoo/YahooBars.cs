using System.Text.Json;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Yahoo;

/// <summary>
/// Makes bars of a chart: rows of nulls, the row of the last trade, rows outside the session and the bar in progress
/// are left out, each listed.
/// </summary>
internal static class YahooBars
{
    public static BarPage Clean(YahooChart chart, BarRequest request, DateTimeOffset now)
    {
        var source = $"{YahooChart.Source} {request.Symbol}";
        var log = new RepairLog();
        var rows = new SortedDictionary<long, int>();
        var rhythm = request.Timeframe.IsDaily ? null : (long?)Rhythm(chart.Seconds, Step(request));
        for (var row = 0; row < chart.Seconds.Length; row++)
        {
            var stamp = request.Timeframe.IsDaily
                ? chart.DayOf(chart.Seconds[row])
                : chart.Seconds[row] * 1000;
            if (stamp < request.FirstMilliseconds || stamp >= request.EndMilliseconds)
            {
                continue;
            }

            if (WhyNot(chart, row, stamp, rhythm, request, now) is var (rule, detail))
            {
                log.Add(new BarRepair(rule, source, null, stamp, detail));
                continue;
            }

            if (rows.ContainsKey(stamp))
            {
                log.Add(new BarRepair(
                    "live-row", source, null, stamp, "came twice, once as the last trade's; the later row was kept"));
            }

            rows[stamp] = row;
        }

        var page = BarPage.Of(source, Draft(chart, request.Symbol, source, rows, log), log.ToList());
        return page with { Factors = [.. chart.Factors], Calendar = CalendarOf(chart) };
    }

    private static (string Rule, string Detail)? WhyNot(
        YahooChart chart, int row, long stamp, long? rhythm, BarRequest request, DateTimeOffset now)
    {
        double[] prices = [chart.Open[row], chart.High[row], chart.Low[row], chart.Close[row]];
        if (Array.TrueForAll(prices, double.IsNaN))
        {
            return ("empty-bar", "has no prices; left out");
        }

        if (Array.Exists(prices, double.IsNaN) || (chart.Adjusted.Length > 0 && double.IsNaN(chart.Adjusted[row])))
        {
            return ("partial-bar", "has some prices only; left out");
        }

        if (rhythm is { } phase && chart.Seconds[row] % Step(request) != phase)
        {
            return ("live-row", "is the last trade, not a bar; left out");
        }

        if (!IsInSession(chart, chart.Seconds[row], request.Timeframe))
        {
            return ("outside-session", "lies outside the regular session; left out");
        }

        return IsOver(chart, stamp, request.Timeframe, now)
            ? null
            : ("half-bar", "was not over yet; left out");
    }

    private static long Step(BarRequest request) => (long)request.Timeframe.Length.TotalSeconds;

    /// <summary>The most frequent remainder: bars of an hour begin at half past in New York.</summary>
    private static long Rhythm(long[] seconds, long step) => seconds.Length == 0
        ? 0
        : seconds.GroupBy(moment => moment % step).MaxBy(group => group.Count())!.Key;

    private static bool IsInSession(YahooChart chart, long moment, Timeframe timeframe)
    {
        if (timeframe.IsDaily
            || JsonShape.Optional(chart.Meta, "tradingPeriods", JsonValueKind.Array) is not { } periods)
        {
            return true;
        }

        var known = periods.EnumerateArray()
            .SelectMany(day => day.ValueKind == JsonValueKind.Array ? day.EnumerateArray().ToArray() : [day])
            .Select(period => (Start: Seconds(period, "start"), End: Seconds(period, "end")))
            .ToArray();
        return known.Length == 0 || Array.Exists(known, period => period.Start <= moment && moment < period.End);
    }

    /// <summary>A day is over when its session is; other bars are when their time is.</summary>
    private static bool IsOver(YahooChart chart, long stamp, Timeframe timeframe, DateTimeOffset now)
    {
        if (!timeframe.IsDaily)
        {
            return stamp + timeframe.Milliseconds <= now.ToUnixTimeMilliseconds();
        }

        if (JsonShape.Optional(chart.Meta, "currentTradingPeriod", JsonValueKind.Object) is { } current
            && JsonShape.Optional(current, "regular", JsonValueKind.Object) is { } regular
            && Seconds(regular, "start") is { } start && Seconds(regular, "end") is { } end
            && chart.DayOf(start) == stamp)
        {
            return now.ToUnixTimeSeconds() >= end;
        }

        return chart.DayOf(now.ToUnixTimeSeconds()) > stamp;
    }

    private static long? Seconds(JsonElement period, string name) =>
        JsonShape.Optional(period, name, JsonValueKind.Number)?.GetInt64();

    private static BarDraft Draft(
        YahooChart chart, string symbol, string source, SortedDictionary<long, int> rows, RepairLog log)
    {
        foreach (var (stamp, row) in rows.Where(pair => double.IsNaN(chart.Volume[pair.Value])))
        {
            log.Add(new BarRepair("missing-volume", source, null, stamp, "has no volume; taken as 0"));
        }

        double[] Prices(double[] column) => [.. rows.Values.Select(row => column[row] * Factor(chart, row))];

        return new BarDraft
        {
            Symbol = symbol,
            Source = source,
            Times = rows.Keys.ToArray(),
            Open = Prices(chart.Open),
            High = Prices(chart.High),
            Low = Prices(chart.Low),
            Close = Prices(chart.Close),
            Volume = rows.Values.Select(row => double.IsNaN(chart.Volume[row]) ? 0 : chart.Volume[row]).ToArray(),
        };
    }

    private static double Factor(YahooChart chart, int row) =>
        chart.Adjusted.Length == 0 ? 1 : chart.Adjusted[row] / chart.Close[row];

    private static TradingCalendar? CalendarOf(YahooChart chart) =>
        JsonShape.Optional(chart.Meta, "instrumentType", JsonValueKind.String)?.GetString() switch
        {
            "CRYPTOCURRENCY" => TradingCalendar.AlwaysOpen,
            "EQUITY" or "ETF" or "INDEX" when chart.Zone.Id == "America/New_York" => TradingCalendar.UsEquities,
            _ => null,
        };
}

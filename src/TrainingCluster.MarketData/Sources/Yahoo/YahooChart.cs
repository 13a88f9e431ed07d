using System.Text.Json;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Yahoo;

/// <summary>
/// The answer of the chart as arrays: <c>chart.result[0]</c> with <c>meta</c>, <c>timestamp</c> in seconds,
/// <c>indicators.quote[0]</c>, <c>indicators.adjclose[0]</c> of daily bars, <c>events</c>. Values that are null are
/// NaN here.
/// </summary>
internal sealed class YahooChart
{
    public const string Source = "yahoo";

    private const string Result = "chart.result[0]";

    private YahooChart(JsonElement result, YahooInterval interval, bool adjusted)
    {
        Meta = JsonShape.Member(result, "meta", JsonValueKind.Object, Result);
        const string path = $"{Result}.meta";
        var granularity = JsonShape.Member(Meta, "dataGranularity", JsonValueKind.String, path).GetString()!;
        if (!interval.Is(granularity))
        {
            throw new BarSourceException(
                FetchRule.WrongTimeframe, $"yahoo answered bars of {granularity} where {interval.Name} was asked for");
        }

        Zone = ZoneOf(Meta);
        var indicators = JsonShape.Member(result, "indicators", JsonValueKind.Object, Result);
        var quote = First(indicators, "quote");
        // Without a bar in the range the stamps are left out, and the quote is an empty object.
        if (!result.TryGetProperty("timestamp", out _) && !quote.EnumerateObject().Any())
        {
            (Seconds, Open, High, Low, Close, Volume, Adjusted) = ([], [], [], [], [], [], []);
            Factors = [];
            return;
        }

        Seconds = [.. JsonShape.Member(result, "timestamp", JsonValueKind.Array, Result).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var seconds)
                ? seconds
                : throw JsonShape.Changed($"{Result}.timestamp has {JsonShape.Text(item)}"))];
        Open = Column(quote, "open", "quote");
        High = Column(quote, "high", "quote");
        Low = Column(quote, "low", "quote");
        Close = Column(quote, "close", "quote");
        Volume = Column(quote, "volume", "quote");
        Adjusted = adjusted ? Column(First(indicators, "adjclose"), "adjclose", "adjclose") : [];
        Factors = [.. Events(result)];
    }

    public JsonElement Meta { get; }

    /// <summary>Of the exchange.</summary>
    public TimeZoneInfo Zone { get; }

    public long[] Seconds { get; }

    public double[] Open { get; }

    public double[] High { get; }

    public double[] Low { get; }

    public double[] Close { get; }

    public double[] Volume { get; }

    /// <summary>Empty where not asked for.</summary>
    public double[] Adjusted { get; }

    public PriceFactor[] Factors { get; }

    /// <exception cref="BarSourceException">The answer is an error, of another symbol, or of another form.</exception>
    public static YahooChart Parse(ProviderAnswer answer, string symbol, YahooInterval interval, bool adjusted)
    {
        RequireNoError(answer, symbol);
        var chart = JsonShape.Member(answer.Body, "chart", JsonValueKind.Object, "answer");
        var results = JsonShape.Member(chart, "result", JsonValueKind.Array, "chart");
        if (results.GetArrayLength() != 1)
        {
            throw JsonShape.Changed($"chart.result has {results.GetArrayLength()} items; it must have one");
        }

        var meta = JsonShape.Member(results[0], "meta", JsonValueKind.Object, Result);
        var given = JsonShape.Member(meta, "symbol", JsonValueKind.String, $"{Result}.meta").GetString()!;
        return given.Equals(symbol, StringComparison.OrdinalIgnoreCase)
            ? new YahooChart(results[0], interval, adjusted)
            : throw new BarSourceException(
                FetchRule.WrongSymbol, $"yahoo answered with bars of {given} where {symbol} was asked for");
    }

    /// <summary>Refusals come as <c>chart.error</c>, those of the gateway as <c>finance.error</c>.</summary>
    private static void RequireNoError(ProviderAnswer answer, string symbol)
    {
        foreach (var root in new[] { "chart", "finance" })
        {
            if (JsonShape.Optional(answer.Body, root, JsonValueKind.Object) is { } owner
                && JsonShape.Optional(owner, "error", JsonValueKind.Object) is { } error)
            {
                var code = JsonShape.Optional(error, "code", JsonValueKind.String)?.GetString() ?? "an error";
                var why = JsonShape.Optional(error, "description", JsonValueKind.String)?.GetString() ?? "no reason";
                throw code == "Not Found"
                    ? new BarSourceException(
                        FetchRule.UnknownSymbol, $"yahoo knows no symbol {symbol} ({why}); check how yahoo spells it")
                    : new BarSourceException(FetchRule.Refused, $"yahoo refused the question: {code}: {why}");
            }
        }

        if (answer.Status >= 400)
        {
            throw new BarSourceException(FetchRule.Refused, $"yahoo answered {answer.Status} without a reason");
        }
    }

    private static TimeZoneInfo ZoneOf(JsonElement meta)
    {
        var path = $"{Result}.meta";
        var name = JsonShape.Member(meta, "exchangeTimezoneName", JsonValueKind.String, path).GetString()!;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw JsonShape.Changed($"{path}.exchangeTimezoneName is '{name}', which is no time zone");
    }

    private static JsonElement First(JsonElement indicators, string name)
    {
        var items = JsonShape.Member(indicators, name, JsonValueKind.Array, $"{Result}.indicators");
        return items.GetArrayLength() > 0 && items[0].ValueKind == JsonValueKind.Object
            ? items[0]
            : throw JsonShape.Changed($"{Result}.indicators.{name} is empty");
    }

    private double[] Column(JsonElement owner, string name, string group)
    {
        var path = $"{Result}.indicators.{group}[0]";
        var items = JsonShape.Member(owner, name, JsonValueKind.Array, path);
        if (items.GetArrayLength() != Seconds.Length)
        {
            throw JsonShape.Changed(
                $"{path}.{name} has {items.GetArrayLength()} values for {Seconds.Length} stamps");
        }

        return [.. items.EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.Null => double.NaN,
            JsonValueKind.Number => item.GetDouble(),
            _ => throw JsonShape.Changed($"{path}.{name} has {JsonShape.Text(item)}"),
        })];
    }

    /// <summary>Stamped with their day: bars from that day on show them.</summary>
    private IEnumerable<PriceFactor> Events(JsonElement result)
    {
        if (JsonShape.Optional(result, "events", JsonValueKind.Object) is not { } events)
        {
            yield break;
        }

        foreach (var split in Items(events, "splits"))
        {
            var path = $"{Result}.events.splits";
            yield return new PriceFactor(
                DayOf((long)Number(split, "date", path)),
                SharesPerOld: Number(split, "numerator", path) / Number(split, "denominator", path));
        }

        foreach (var dividend in Items(events, "dividends"))
        {
            var path = $"{Result}.events.dividends";
            yield return new PriceFactor(
                DayOf((long)Number(dividend, "date", path)), Dividend: Number(dividend, "amount", path));
        }
    }

    /// <summary>Unix milliseconds of the day that the exchange's clock shows, at midnight UTC.</summary>
    public long DayOf(long seconds)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), Zone);
        return new DateTimeOffset(local.Date, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    private static IEnumerable<JsonElement> Items(JsonElement events, string name) =>
        JsonShape.Optional(events, name, JsonValueKind.Object) is { } items
            ? items.EnumerateObject().Select(item => item.Value)
            : [];

    private static double Number(JsonElement owner, string name, string path) =>
        JsonShape.Member(owner, name, JsonValueKind.Number, path).GetDouble();
}

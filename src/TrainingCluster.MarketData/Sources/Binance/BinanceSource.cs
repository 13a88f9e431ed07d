using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Binance;

/// <summary>
/// Binance's klines: <c>GET /api/v3/klines</c>. An answer is a list of bars, the oldest first, each a list of open time
/// in milliseconds UTC, open, high, low, close and volume as text, close time (a millisecond before the next open),
/// and five more fields that are left aside.
/// </summary>
/// <param name="http">Its handler decides about proxies and connections.</param>
/// <param name="clock">For the timeout.</param>
/// <param name="options">How to ask.</param>
public sealed class BinanceSource(HttpClient http, TimeProvider clock, BinanceOptions options) : IBarSource
{
    private const int UnknownSymbol = -1121;
    private const int TooManyRequests = -1003;
    private const int Fields = 11;

    private static readonly ImmutableArray<string> Intervals =
        ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w"];

    private readonly ProviderClient _client = new(http, clock, options.Timeout);

    public string Name => "binance";

    public async Task<BarPage> ReadAsync(BarRequest request, CancellationToken cancellation)
    {
        var interval = request.Timeframe.ToString();
        if (!Intervals.Contains(interval))
        {
            throw new BarSourceException(
                FetchRule.Unsupported,
                $"binance has no bars of {interval}; it has {string.Join(", ", Intervals)}");
        }

        var question = string.Create(CultureInfo.InvariantCulture,
            $"symbol={Uri.EscapeDataString(request.Symbol)}&interval={interval}"
                + $"&startTime={request.FirstMilliseconds}&endTime={request.EndMilliseconds - 1}"
                + $"&limit={options.Limit}");
        var answer = await _client.GetAsync(new Uri(options.BaseAddress, $"/api/v3/klines?{question}"), cancellation);
        RequireNoError(answer, request.Symbol);
        if (answer.Body.ValueKind != JsonValueKind.Array)
        {
            throw JsonShape.Changed($"the answer is {JsonShape.Text(answer.Body)}; it must be a list of bars");
        }

        var draft = Draft(answer.Body, request);
        return BarPage.Of(draft.Source, draft) with
        {
            Calendar = TradingCalendar.AlwaysOpen,
            // The last bar comes again with the next answer, to be compared.
            Next = draft.Count < options.Limit
                ? null
                : DateTimeOffset.FromUnixTimeMilliseconds(draft.Times.Span[^1]),
        };
    }

    private static void RequireNoError(ProviderAnswer answer, string symbol)
    {
        if (answer.Status < 400)
        {
            return;
        }

        var code = JsonShape.Optional(answer.Body, "code", JsonValueKind.Number)?.GetInt32();
        var why = JsonShape.Optional(answer.Body, "msg", JsonValueKind.String)?.GetString() ?? "no reason";
        throw code switch
        {
            UnknownSymbol => new BarSourceException(
                FetchRule.UnknownSymbol,
                $"binance knows no symbol {symbol} ({why}); its symbols have no separator, such as BTCUSDT"),
            TooManyRequests => new BarSourceException(FetchRule.RateLimited, $"binance answered {code}: {why}"),
            _ => new BarSourceException(FetchRule.Refused, $"binance refused the question: {code}: {why}"),
        };
    }

    private static BarDraft Draft(JsonElement rows, BarRequest request)
    {
        var count = rows.GetArrayLength();
        var times = new long[count];
        var columns = Enumerable.Range(0, 5).Select(_ => new double[count]).ToArray();
        var i = 0;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < Fields)
            {
                throw JsonShape.Changed(
                    $"bar {i} is {JsonShape.Text(row)}; it must be a list of {Fields} or more fields");
            }

            times[i] = Milliseconds(row, 0, i);
            var length = Milliseconds(row, 6, i) + 1 - times[i];
            if (length != request.Timeframe.Milliseconds)
            {
                throw new BarSourceException(
                    FetchRule.WrongTimeframe,
                    $"binance answered a bar of {TimeSpan.FromMilliseconds(length)} where {request.Timeframe} was "
                    + "asked for");
            }

            for (var field = 1; field <= columns.Length; field++)
            {
                columns[field - 1][i] = Number(row, field, i);
            }

            i++;
        }

        return new BarDraft
        {
            Symbol = request.Symbol,
            Source = $"binance {request.Symbol}",
            Times = times,
            Open = columns[0],
            High = columns[1],
            Low = columns[2],
            Close = columns[3],
            Volume = columns[4],
        };
    }

    private static long Milliseconds(JsonElement row, int field, int bar) =>
        row[field].ValueKind == JsonValueKind.Number && row[field].TryGetInt64(out var value)
            ? value
            : throw JsonShape.Changed($"field {field} of bar {bar} is {JsonShape.Text(row[field])}; it must be a time");

    private static double Number(JsonElement row, int field, int bar) =>
        row[field].ValueKind == JsonValueKind.String && double.TryParse(
            row[field].GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw JsonShape.Changed(
                $"field {field} of bar {bar} is {JsonShape.Text(row[field])}; it must be a number as text");
}

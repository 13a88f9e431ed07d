using System.Text.Json.Nodes;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Testing.Http;

/// <summary>
/// Answers <c>/v8/finance/chart/SYMBOL</c> as Yahoo does. Daily bars are stamped with the beginning of New York's
/// session, 14:30 UTC; others as they are.
/// </summary>
public sealed class YahooServer : ProviderServer
{
    private const long SessionStart = 14 * 3600 + 1800;
    private const long SessionLength = 6 * 3600 + 1800;

    /// <summary>Changes an answer before it is sent: <c>chart.result[0]</c> of a document of its own.</summary>
    public Action<JsonObject> Change { get; set; } = _ => { };

    /// <summary>Adjusted close over close.</summary>
    public double AdjustedShare { get; set; } = 1;

    protected override HttpAnswer Good(HttpQuestion question, ProviderFault? fault)
    {
        var symbol = question.Path.Split('/')[^1];
        if (Find(symbol) is not { } bars)
        {
            return new HttpAnswer(404, Error("Not Found", "No data found, symbol may be delisted"));
        }

        var interval = question.Query["interval"];
        var shift = interval == "1d" ? SessionStart : 0;
        int[] rows = [.. Enumerable.Range(0, bars.Count).Where(t =>
            Second(bars, t, shift) >= question.Number("period1") && Second(bars, t, shift) < question.Number("period2")
            && fault != ProviderFault.Empty)];
        var result = Result(bars, fault == ProviderFault.WrongSymbol ? "OTHER" : bars.Symbol, interval, rows, shift);
        Change(result);
        var quote = result["indicators"]!["quote"]![0]!.AsObject();
        if (fault is ProviderFault.RenamedField or ProviderFault.MissingField && quote.Remove("close", out var close)
            && fault == ProviderFault.RenamedField)
        {
            quote["last"] = close;
        }

        return new HttpAnswer(200, new JsonObject
        {
            ["chart"] = new JsonObject { ["result"] = new JsonArray(result), ["error"] = null },
        }.ToJsonString());
    }

    public static string Error(string code, string description) => new JsonObject
    {
        ["chart"] = new JsonObject
        {
            ["result"] = null,
            ["error"] = new JsonObject { ["code"] = code, ["description"] = description },
        },
    }.ToJsonString();

    private JsonObject Result(BarSeries bars, string symbol, string interval, int[] rows, long shift)
    {
        JsonArray Column(Func<int, double> value) => [.. rows.Select(t => (JsonNode)value(t))];

        var result = new JsonObject { ["meta"] = Meta(bars, symbol, interval) };
        var quote = new JsonObject();
        if (rows.Length > 0)
        {
            result["timestamp"] = new JsonArray([.. rows.Select(t => (JsonNode)Second(bars, t, shift))]);
            quote["open"] = Column(t => bars.Open[t]);
            quote["high"] = Column(t => bars.High[t]);
            quote["low"] = Column(t => bars.Low[t]);
            quote["close"] = Column(t => bars.Close[t]);
            quote["volume"] = Column(t => bars.Volume[t]);
        }

        result["indicators"] = new JsonObject { ["quote"] = new JsonArray(quote) };
        if (interval == "1d")
        {
            result["indicators"]!["adjclose"] = new JsonArray(
                new JsonObject { ["adjclose"] = Column(t => bars.Close[t] * AdjustedShare) });
        }

        return result;
    }

    private static JsonObject Meta(BarSeries bars, string symbol, string interval)
    {
        var start = bars.Times[^1] / 86_400_000 * 86_400 + SessionStart;
        return new JsonObject
        {
            ["currency"] = "USD",
            ["symbol"] = symbol,
            ["instrumentType"] = "EQUITY",
            ["gmtoffset"] = -18_000,
            ["exchangeTimezoneName"] = "America/New_York",
            ["dataGranularity"] = interval,
            ["currentTradingPeriod"] = new JsonObject
            {
                ["regular"] = new JsonObject
                {
                    ["timezone"] = "EST",
                    ["start"] = start,
                    ["end"] = start + SessionLength,
                    ["gmtoffset"] = -18_000,
                },
            },
        };
    }

    private static long Second(BarSeries bars, int t, long shift) => bars.Times[t] / 1000 + shift;
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace TrainingCluster.Testing.Http;

/// <summary>Answers <c>/api/v3/klines</c> as Binance does.</summary>
public sealed class BinanceServer : ProviderServer
{
    private static readonly Dictionary<string, long> Lengths = new()
    {
        ["1m"] = 60_000,
        ["1h"] = 3_600_000,
        ["1d"] = 86_400_000,
    };

    protected override HttpAnswer Good(HttpQuestion question, ProviderFault? fault)
    {
        if (question.Path != "/api/v3/klines" || Find(question.Query["symbol"]) is not { } bars)
        {
            return new HttpAnswer(400, """{"code":-1121,"msg":"Invalid symbol."}""");
        }

        if (fault == ProviderFault.RenamedField)
        {
            return new HttpAnswer(200, """{"klines":[]}""");
        }

        var length = Lengths[question.Query["interval"]];
        var rows = new JsonArray();
        for (var t = 0; t < bars.Count && rows.Count < question.Number("limit"); t++)
        {
            if (bars.Times[t] < question.Number("startTime") || bars.Times[t] > question.Number("endTime")
                || fault == ProviderFault.Empty)
            {
                continue;
            }

            var row = new JsonArray(
                bars.Times[t], Text(bars.Open[t]), Text(bars.High[t]), Text(bars.Low[t]), Text(bars.Close[t]),
                Text(bars.Volume[t]), bars.Times[t] + length - 1, "0.1", 3, "0.1", "0.1", "0");
            if (fault == ProviderFault.MissingField)
            {
                row.RemoveAt(4);
            }

            rows.Add(row);
        }

        return new HttpAnswer(200, rows.ToJsonString());
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources.Http;

namespace TrainingCluster.MarketData.Sources.Yahoo;

/// <summary>
/// Yahoo Finance's chart: <c>/v8/finance/chart/SYMBOL</c>. Prices are adjusted for splits, and for dividends where
/// asked. Daily bars are stamped with the day of the exchange's clock, others with the moment at which they begin.
/// </summary>
/// <param name="http">Its handler decides about proxies and connections.</param>
/// <param name="clock">For now and the timeout.</param>
/// <param name="options">How to ask.</param>
public sealed class YahooSource(HttpClient http, TimeProvider clock, YahooOptions options) : IBarSource
{
    private readonly ProviderClient _client = new(http, clock, options.Timeout);

    public string Name => options.AdjustForDividends ? "yahoo-adjusted" : "yahoo";

    public bool KnowsSessions => true;

    public async Task<BarPage> ReadAsync(BarRequest request, CancellationToken cancellation)
    {
        var interval = YahooInterval.Of(request.Timeframe);
        if (options.AdjustForDividends && !request.Timeframe.IsDaily)
        {
            throw new BarSourceException(
                FetchRule.Unsupported,
                $"yahoo has no adjusted close for bars of {request.Timeframe}; ask for 1d, or for no adjustment");
        }

        var now = clock.GetUtcNow();
        var (from, note) = Reachable(request, interval, now);
        var end = from.AddDays(interval.DaysAtOnce);
        end = end < request.To ? end : request.To;
        var answer = await _client.GetAsync(Address(request, interval, from, end), cancellation);
        var chart = YahooChart.Parse(answer, request.Symbol, interval, options.AdjustForDividends);
        var page = YahooBars.Clean(chart, request with { From = from, To = end }, now);
        return page with
        {
            Next = end < request.To ? end : null,
            Notes = note is null ? [] : [note],
        };
    }

    private static (DateTimeOffset From, string? Note) Reachable(
        BarRequest request, YahooInterval interval, DateTimeOffset now)
    {
        var earliest = now.AddDays(-interval.Days);
        if (interval.Days == 0 || request.From >= earliest)
        {
            return (request.From, null);
        }

        var text = $"yahoo keeps bars of {request.Timeframe} for {interval.Days} days only; there are none before "
            + BarRules.Stamp(earliest.ToUnixTimeMilliseconds());
        return request.To > earliest
            ? (earliest, text)
            : throw new BarSourceException(FetchRule.Unsupported, text);
    }

    /// <summary>
    /// A day begins up to 14 hours earlier or 12 later than in UTC: of daily bars a day more is asked for on both
    /// sides.
    /// </summary>
    private Uri Address(BarRequest request, YahooInterval interval, DateTimeOffset from, DateTimeOffset end)
    {
        var margin = request.Timeframe.IsDaily ? TimeSpan.FromDays(1) : TimeSpan.Zero;
        var question = $"period1={(from - margin).ToUnixTimeSeconds()}&period2={(end + margin).ToUnixTimeSeconds()}"
            + $"&interval={interval.Name}&includePrePost=false&events=div%2Csplits&includeAdjustedClose=true";
        return new Uri(
            options.BaseAddress, $"/v8/finance/chart/{Uri.EscapeDataString(request.Symbol)}?{question}");
    }
}

using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.PlugIns;

namespace TrainingCluster.Testing.MarketData;

/// <summary>
/// A source as a user might write one: bars of any symbol that follow from their stamps alone, 50 a page. Some symbols
/// make it misbehave.
/// </summary>
public sealed class CountingSource(BarSourceServices services) : IBarSource
{
    private const int PageBars = 50;

    public string Name => "counting";

    public Task<BarPage> ReadAsync(BarRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(services);
        var step = request.Timeframe.Milliseconds;
        var zero = request.Symbol == "BROKEN" ? 0 : 1;
        var first = (request.From.ToUnixTimeMilliseconds() + step - 1) / step / zero * step;
        var end = request.To.ToUnixTimeMilliseconds();
        long[] times = [.. Enumerable.Range(0, PageBars).Select(i => first + i * step).Where(time => time < end)];
        var close = Array.ConvertAll(times, time => Price(time / step));
        var open = Array.ConvertAll(times, time => Price(time / step - 1));
        var bars = new BarDraft
        {
            Symbol = request.Symbol,
            Source = $"counting {request.Symbol}",
            Times = times,
            Open = open,
            High = request.Symbol == "RAGGED" ? new double[1] : Both(open, close, Math.Max),
            Low = Both(open, close, Math.Min),
            Close = close,
            Volume = Array.ConvertAll(times, _ => 1.0),
        };
        var isEndless = request.Symbol == "ENDLESS";
        return Task.FromResult(BarPage.Of(bars.Source, isEndless ? null : bars) with
        {
            Next = isEndless ? request.From
                : times.Length < PageBars ? null : DateTimeOffset.FromUnixTimeMilliseconds(times[^1]),
        });
    }

    private static double Price(long index) => 100 + 3 * Math.Sin(index * 0.7) + Math.Sin(index * index);

    private static double[] Both(double[] one, double[] other, Func<double, double, double> pick) =>
        [.. one.Zip(other, pick)];
}

using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Binance;
using TrainingCluster.MarketData.Sources.Http;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.MarketData.Sources.Yahoo;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Testing.Http;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Testing.Time;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>A store in a folder of its own, providers on this machine, and a clock that jumps over waits.</summary>
internal sealed class UpdateWorld : IAsyncDisposable
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromDays(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public UpdateWorld()
    {
        Folder = Directory.CreateTempSubdirectory("update").FullName;
        Clock = new JumpingClock(Daily.Last() + TimeSpan.FromHours(22), TimeSpan.FromHours(12));
        Yahoo.Stall = Binance.Stall = () => Clock.Advance(RequestTimeout);
        Yahoo.Offer(Daily);
        Binance.Offer(Hourly);
        Options = new UpdateOptions
        {
            Folder = Folder,
            Lookback = TimeSpan.FromDays(200),
            RequestsPerMinute = 0,
            Retry = new RetryPolicy { Retries = 3 },
        };
    }

    /// <summary>120 weekdays.</summary>
    public static BarSeries Daily { get; } = Bars.Daily(120).Named("ABC").Noisy(0.01).Build();

    /// <summary>500 hours, the last of which ends long before the last day.</summary>
    public static BarSeries Hourly { get; } =
        Bars.Every(TimeSpan.FromHours(1), 500).Named("BTCUSDT").Noisy(0.005).Build();

    public static Timeframe Day { get; } = Timeframe.Parse("1d");

    public static Timeframe Hour { get; } = Timeframe.Parse("1h");

    public string Folder { get; }

    public JumpingClock Clock { get; }

    public YahooServer Yahoo { get; } = new();

    public BinanceServer Binance { get; } = new();

    public UpdateOptions Options { get; set; }

    public BarStore Store => new(Folder, Clock);

    public YahooSource YahooSource(bool adjusted = false) => new(_http, Clock, new YahooOptions
    {
        BaseAddress = Yahoo.Address,
        Timeout = RequestTimeout,
        AdjustForDividends = adjusted,
    });

    public BinanceSource BinanceSource(int limit = 1000) => new(_http, Clock, new BinanceOptions
    {
        BaseAddress = Binance.Address,
        Timeout = RequestTimeout,
        Limit = limit,
    });

    public async Task<SeriesOutcome> RunAsync(
        IBarSource source, string symbol, Timeframe timeframe, CancellationToken cancellation = default) =>
        Assert.Single(await new BarUpdate(Store, Options, Clock).RunAsync(
            source, [symbol], [timeframe], null, cancellation));

    public Task<SeriesOutcome> DailyAsync() => RunAsync(YahooSource(), "ABC", Day);

    public Task<SeriesOutcome> HourlyAsync(int limit = 1000) => RunAsync(BinanceSource(limit), "BTCUSDT", Hour);

    /// <summary>Files of bars in the store; those of a broken fetch are none.</summary>
    public string[] StoredFiles() =>
    [
        .. Directory.GetFiles(Folder, "*.bars", SearchOption.AllDirectories)
            .Where(file => !file.Contains("pending", StringComparison.Ordinal)),
    ];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Yahoo.DisposeAsync();
        await Binance.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What tests ask of bars.</summary>
internal static class BarSeriesMoments
{
    public static DateTimeOffset Last(this BarSeries bars) => At(bars, bars.Count - 1);

    public static DateTimeOffset At(this BarSeries bars, int bar) =>
        DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[bar]);

    /// <summary>All prices and volumes changed from a bar on.</summary>
    public static BarSeries With(this BarSeries bars, Func<int, double> factor)
    {
        double[] Times(ReadOnlySpan<double> column) => [.. column.ToArray().Select((value, t) => value * factor(t))];
        return BarSeries.Create(bars.ToDraft() with
        {
            Open = Times(bars.Open),
            High = Times(bars.High),
            Low = Times(bars.Low),
            Close = Times(bars.Close),
        });
    }
}

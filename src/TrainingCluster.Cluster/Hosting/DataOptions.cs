using System.Collections.Immutable;
using Akka.Configuration;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Binance;
using TrainingCluster.MarketData.Sources.Http;
using TrainingCluster.MarketData.Sources.PlugIns;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.MarketData.Sources.Yahoo;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The settings under <c>training.data</c>, read once and checked. Meaning, unit, range and default of each stand in
/// <c>hocon/reference.conf</c>.
/// </summary>
public sealed record DataOptions
{
    public required int LookbackDays { get; init; }

    public required ImmutableArray<Timeframe> Timeframes { get; init; }

    public required long CacheLimitBytes { get; init; }

    public required double QualityThreshold { get; init; }

    /// <summary>Null is <c>auto</c>.</summary>
    public required TradingCalendar? Calendar { get; init; }

    public required int Parallel { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required RetryPolicy Retry { get; init; }

    public required int OverlapBars { get; init; }

    public required ChangedHistory ChangedHistory { get; init; }

    public required FolderOptions Folder { get; init; }

    public required ProviderOptions Yahoo { get; init; }

    public required bool AdjustForDividends { get; init; }

    public required ProviderOptions Binance { get; init; }

    public required ImmutableArray<string> PlugInSymbols { get; init; }

    public required PlugInReference PlugIn { get; init; }

    public required int PlugInRequestsPerMinute { get; init; }

    public YahooOptions YahooQuestions => new()
    {
        BaseAddress = Yahoo.BaseAddress,
        AdjustForDividends = AdjustForDividends,
        Timeout = Timeout,
    };

    public BinanceOptions BinanceQuestions => new() { BaseAddress = Binance.BaseAddress, Timeout = Timeout };

    /// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
    /// <exception cref="TrainingOptionsException">Some values are out of range; all are named.</exception>
    public static DataOptions From(Config config)
    {
        var reader = new OptionReader(config);
        var calendar = reader.Choice("training.data.calendar", "auto", "us-equities", "forex", "always-open");
        var options = new DataOptions
        {
            LookbackDays = reader.Number("training.data.lookback-days", 1, 36_500),
            Timeframes = TimeframesOf(reader),
            CacheLimitBytes = reader.Bytes("training.data.cache-limit", 1 << 20, 1L << 40),
            QualityThreshold = reader.Ratio("training.data.quality-threshold"),
            Calendar = TradingCalendar.Find(calendar),
            Parallel = reader.Number("training.data.fetch.parallel", 1, 64),
            Timeout = reader.Duration("training.data.fetch.timeout", "10ms", "10m"),
            Retry = new RetryPolicy
            {
                Retries = reader.Number("training.data.fetch.retries", 0, 100),
                First = reader.Duration("training.data.fetch.retry-first", "0s", "10m"),
                Longest = reader.Duration("training.data.fetch.retry-max", "0s", "1h"),
                LongestAsked = reader.Duration("training.data.fetch.retry-after-max", "0s", "1h"),
            },
            OverlapBars = reader.Number("training.data.fetch.overlap-bars", 1, 1000),
            ChangedHistory = reader.Choice("training.data.fetch.changed-history", "refetch", "refuse") == "refuse"
                ? ChangedHistory.Refuse : ChangedHistory.Refetch,
            Folder = FolderOf(reader),
            Yahoo = ProviderOf(reader, "yahoo"),
            AdjustForDividends = reader.Choice("training.data.yahoo.adjust", "none", "dividends") == "dividends",
            Binance = ProviderOf(reader, "binance"),
            PlugInSymbols = reader.Texts("training.data.plug-in.symbols"),
            PlugIn = new PlugInReference(
                reader.Text("training.data.plug-in.type"), reader.Text("training.data.plug-in.assembly"),
                reader.Text("training.data.plug-in.sha256")),
            PlugInRequestsPerMinute = reader.Number("training.data.plug-in.requests-per-minute", 0, 100_000),
        };
        return reader.Violations.Count == 0 ? options : throw new TrainingOptionsException(reader.Violations);
    }

    /// <param name="folder">Of the store.</param>
    /// <param name="requestsPerMinute">Of the source.</param>
    public UpdateOptions Update(string folder, int requestsPerMinute) => new()
    {
        Folder = folder,
        Lookback = TimeSpan.FromDays(LookbackDays),
        Parallel = Parallel,
        RequestsPerMinute = requestsPerMinute,
        OverlapBars = OverlapBars,
        ChangedHistory = ChangedHistory,
        Retry = Retry,
        Batch = new BatchOptions
        {
            LeastScore = QualityThreshold,
            Quality = new QualityOptions { Calendar = Calendar },
        },
    };

    private static ImmutableArray<Timeframe> TimeframesOf(OptionReader reader)
    {
        const string key = "training.data.timeframes";
        var timeframes = ImmutableArray.CreateBuilder<Timeframe>();
        var texts = reader.Texts(key);
        foreach (var text in texts)
        {
            if (Timeframe.TryParse(text, out var timeframe))
            {
                timeframes.Add(timeframe);
            }
            else
            {
                reader.Violations.Add($"{key} has '{text}'; each must be a number with m, h, d or w, from 1m to 4w");
            }
        }

        if (texts.Length == 0)
        {
            reader.Violations.Add($"{key} is empty; it must have at least one, such as 1d");
        }

        return [.. timeframes.Distinct()];
    }

    private static FolderOptions FolderOf(OptionReader reader)
    {
        var zone = reader.Text("training.data.folder.time-zone");
        TimeZoneInfo? known = null;
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out known))
        {
            reader.Violations.Add(
                $"training.data.folder.time-zone is '{zone}'; it must be a time zone such as America/New_York");
        }

        var order = reader.Choice("training.data.folder.date-order", "", "day-first", "month-first");
        return new FolderOptions(
            reader.Texts("training.data.folder.symbols"), reader.Text("training.data.folder.path"),
            new BarImportOptions
            {
                Zone = known,
                DateOrder = order switch
                {
                    "day-first" => DateOrder.DayFirst,
                    "month-first" => DateOrder.MonthFirst,
                    _ => null,
                },
            });
    }

    private static ProviderOptions ProviderOf(OptionReader reader, string name) => new(
        reader.Texts($"training.data.{name}.symbols"), reader.Address($"training.data.{name}.base-url"),
        reader.Number($"training.data.{name}.requests-per-minute", 0, 100_000));
}

/// <summary>Settings of a source in the network.</summary>
public sealed record ProviderOptions(ImmutableArray<string> Symbols, Uri BaseAddress, int RequestsPerMinute);

/// <summary>Settings of a folder of files.</summary>
public sealed record FolderOptions(ImmutableArray<string> Symbols, string Path, BarImportOptions Import);

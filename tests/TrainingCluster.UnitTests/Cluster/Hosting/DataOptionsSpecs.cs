using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Sources.Updates;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.UnitTests.Cluster.Hosting;

public sealed class DataOptionsSpecs
{
    [Fact]
    public void The_defaults_are_those_of_the_reference()
    {
        var options = DataOptions.From(BuiltInConfig.Reference);

        Assert.Equal(30, options.LookbackDays);
        Assert.Equal(["1d"], options.Timeframes.Select(timeframe => timeframe.ToString()));
        Assert.Equal(BarStore.DefaultLimitBytes, options.CacheLimitBytes);
        Assert.Equal(0.95, options.QualityThreshold);
        Assert.Null(options.Calendar);
        Assert.Equal((4, 5), (options.Parallel, options.OverlapBars));
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
        Assert.Equal(new TrainingCluster.MarketData.Sources.Http.RetryPolicy(), options.Retry);
        Assert.Equal(ChangedHistory.Refetch, options.ChangedHistory);
        Assert.Equal(
            ("", null, null), (options.Folder.Path, options.Folder.Import.Zone, options.Folder.Import.DateOrder));
        Assert.Equal(("https://query1.finance.yahoo.com/", 30), Of(options.Yahoo));
        Assert.Equal(("https://data-api.binance.vision/", 600), Of(options.Binance));
        Assert.False(options.AdjustForDividends);
        Assert.Equal(("", "", "", 60), (
            options.PlugIn.Type, options.PlugIn.Assembly, options.PlugIn.Sha256, options.PlugInRequestsPerMinute));
        Assert.Empty(options.Folder.Symbols.Concat(options.Yahoo.Symbols)
            .Concat(options.Binance.Symbols).Concat(options.PlugInSymbols));
    }

    [Fact]
    public void Lists_are_lists_or_texts_with_commas()
    {
        var options = DataOptions.From(Own(
            """
            training.data.yahoo.symbols = [AAPL, "^GSPC"]
            training.data.binance.symbols = "BTCUSDT, ETHUSDT,"
            training.data.timeframes = "1h,60m,1d"
            training.data.calendar = forex
            training.data.fetch.changed-history = refuse
            """));

        Assert.Equal(["AAPL", "^GSPC"], options.Yahoo.Symbols.ToArray());
        Assert.Equal(["BTCUSDT", "ETHUSDT"], options.Binance.Symbols.ToArray());
        Assert.Equal(["1h", "1d"], options.Timeframes.Select(timeframe => timeframe.ToString()));
        Assert.Same(TradingCalendar.Forex, options.Calendar);
        Assert.Equal(ChangedHistory.Refuse, options.ChangedHistory);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_key_value_and_rule()
    {
        var refused = Assert.Throws<TrainingOptionsException>(() => DataOptions.From(Own(
            """
            training.data.lookback-days = 0
            training.data.timeframes = [1d, 1mo]
            training.data.quality-threshold = high
            training.data.calendar = moon
            training.data.yahoo.base-url = nowhere
            training.data.folder.time-zone = Moon/Base
            """)));

        Assert.Equal(
            [
                "training.data.calendar is 'moon'; it must be auto or us-equities or forex or always-open",
                "training.data.lookback-days is 0; it must be a number from 1 to 36500",
                "training.data.timeframes has '1mo'; each must be a number with m, h, d or w, from 1m to 4w",
                "training.data.quality-threshold is high; it must be a number from 0 to 1",
                "training.data.folder.time-zone is 'Moon/Base'; it must be a time zone such as America/New_York",
                "training.data.yahoo.base-url is 'nowhere'; it must be an address such as https://example.org",
            ],
            refused.Violations);
    }

    private static (string, int) Of(ProviderOptions provider) =>
        (provider.BaseAddress.ToString(), provider.RequestsPerMinute);

    private static Config Own(string text) =>
        ConfigurationFactory.ParseString(text).WithFallback(BuiltInConfig.Reference);
}

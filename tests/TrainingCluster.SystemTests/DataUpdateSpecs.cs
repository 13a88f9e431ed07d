using System.Text.Json;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.Http;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.SystemTests;

/// <summary>`trainctl data update` against providers on this machine.</summary>
public sealed class DataUpdateSpecs
{
    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private static Surroundings Quick(StateFolder folder) => new()
    {
        Folder = folder.Path,
        Variables = new Dictionary<string, string>
        {
            ["TRAINING__DATA__FETCH__RETRY_FIRST"] = "10ms",
            ["TRAINING__DATA__FETCH__RETRIES"] = "2",
            ["TRAINING__DATA__FETCH__TIMEOUT"] = "20s",
            ["TRAINING__DATA__YAHOO__REQUESTS_PER_MINUTE"] = "0",
        },
    };

    [Fact]
    public async Task Bars_of_several_symbols_are_fetched_stored_and_brought_up_to_date()
    {
        using var folder = new StateFolder();
        await using var server = new BinanceServer();
        server.Offer(Hourly("BTCUSDT", 700));
        server.Offer(Hourly("ETHUSDT", 700));
        server.FailNext(ProviderFault.ServerError, ProviderFault.TruncatedWithLength);
        string[] command =
        [
            "data", "update", "--source", "binance", "--symbols", "BTCUSDT,ETHUSDT", "--timeframe", "1h",
            "--base-url", server.Address.ToString(), "--state", folder.State, "-o", "json",
        ];

        var first = await Trainctl.RunAsync(Quick(folder), command);
        var second = await Trainctl.RunAsync(Quick(folder), command);
        var status = await Trainctl.RunAsync("data", "status", "--verify", "--state", folder.State, "-o", "json");

        var items = Items(first.Expect(0).Json());
        Assert.Equal(["BTCUSDT", "ETHUSDT"], items.Select(item => RunResult.Text(item, "symbol")));
        Assert.All(items, item => Assert.Equal(700, item.GetProperty("added").GetInt32()));
        Assert.Equal(4, items.Sum(item => item.GetProperty("requests").GetInt32()));
        Assert.All(Items(second.Expect(0).Json()), item => Assert.Equal("up_to_date", RunResult.Text(item, "status")));
        var stored = status.Expect(0).Json();
        Assert.All(Items(stored), item => Assert.Equal(
            ("1h", 700, false), (RunResult.Text(item, "timeframe"), item.GetProperty("bars").GetInt32(),
                item.GetProperty("damaged").GetBoolean())));
        Assert.Equal(Hourly("BTCUSDT", 700).Digest.Hex, RunResult.Text(Items(stored)[0], "sha256"));
        Assert.Equal(1000L * 1024 * 1024, stored.GetProperty("limitBytes").GetInt64());
    }

    [Fact]
    public async Task A_source_with_symbols_in_the_project_file_needs_no_flags()
    {
        using var folder = new StateFolder();
        await using var server = new YahooServer();
        server.Offer(Daily("^GSPC"));
        folder.File(
            "training.conf",
            $"training.data.yahoo {{ symbols = [\"^GSPC\"], base-url = \"{server.Address}\" }}\n"
            + "training.data.lookback-days = 400\n");

        var outcome = await Trainctl.RunAsync(Quick(folder), "data", "update", "--state", folder.State);

        Assert.Contains("yahoo/^GSPC 1d: updated, 200 bars added", outcome.Expect(0).Output);
    }

    [Fact]
    public async Task Some_that_fail_are_named_beside_those_that_do_not_and_all_that_fail_are_an_error()
    {
        using var folder = new StateFolder();
        await using var server = new YahooServer();
        server.Offer(Daily("ABC"));
        string[] Command(string symbols) =>
        [
            "data", "update", "--source", "yahoo", "--symbols", symbols, "--lookback-days", "400",
            "--base-url", server.Address.ToString(), "--state", folder.State, "-o", "json",
        ];

        var some = await Trainctl.RunAsync(Quick(folder), Command("ABC,NONE"));
        var none = await Trainctl.RunAsync(Quick(folder), Command("NONE"));
        server.Always = _ => ProviderFault.WrongContentType;
        var wrong = await Trainctl.RunAsync(Quick(folder), Command("XYZ"));

        var items = Items(some.Expect(9).Json());
        Assert.Equal(["updated", "failed"], items.Select(item => RunResult.Text(item, "status")));
        Assert.Equal("unknown_symbol", RunResult.Text(items[1].GetProperty("findings")[0], "rule"));
        none.ExpectError(3, "data.not_updated", "may be delisted");
        wrong.ExpectError(1, "WrongContentType", "text/html");
    }

    [Fact]
    public async Task A_damaged_file_is_seen_by_status_and_fetched_again_by_update()
    {
        using var folder = new StateFolder();
        await using var server = new YahooServer();
        server.Offer(Daily("ABC"));
        string[] update =
        [
            "data", "update", "--source", "yahoo", "--symbols", "ABC", "--lookback-days", "400",
            "--base-url", server.Address.ToString(), "--state", folder.State,
        ];
        (await Trainctl.RunAsync(Quick(folder), update)).Expect(0);
        var file = Assert.Single(Directory.GetFiles(folder.State, "*.bars", SearchOption.AllDirectories));
        var content = File.ReadAllBytes(file);
        content[^50] ^= 1;
        File.WriteAllBytes(file, content);

        var damaged = await Trainctl.RunAsync("data", "status", "--verify", "--state", folder.State);
        var updated = await Trainctl.RunAsync(Quick(folder), update);
        var good = await Trainctl.RunAsync("data", "status", "--verify", "--state", folder.State);

        Assert.Contains("DAMAGED", damaged.Expect(5).Output);
        Assert.Contains("was damaged", updated.Expect(0).Error);
        Assert.Contains("checksum good", good.Expect(0).Output);
    }

    [Fact]
    public async Task A_plug_in_is_loaded_only_with_the_digest_of_its_file()
    {
        using var folder = new StateFolder();
        var assembly = Path.Combine(Trainctl.ProgramFolder, "TrainingCluster.Testing.dll");
        var digest = Digest.Of(File.ReadAllBytes(assembly)).Hex;
        string[] command =
        [
            "data", "update", "--source", typeof(CountingSource).FullName!, "--symbols", "ANY", "--timeframe", "1h",
            "--state", folder.State,
        ];
        Surroundings With(string sha256) => new()
        {
            Folder = folder.Path,
            Variables = new Dictionary<string, string>
            {
                ["TRAINING__DATA__PLUG_IN__ASSEMBLY"] = assembly,
                ["TRAINING__DATA__PLUG_IN__SHA256"] = sha256,
                ["TRAINING__DATA__PLUG_IN__REQUESTS_PER_MINUTE"] = "0",
            },
        };

        var refused = await Trainctl.RunAsync(With(""), command);
        var loaded = await Trainctl.RunAsync(With(digest), command);

        refused.ExpectError(2, "training.data.plug-in.sha256", digest);
        Assert.Contains("counting/ANY 1h: updated", loaded.Expect(0).Output);
    }

    [Theory]
    [InlineData("needs --source", "data", "update", "--symbols", "A")]
    [InlineData("no source has symbols", "data", "update")]
    [InlineData("does not go with --source folder", "data", "update", "--source", "folder", "--base-url", "http://x")]
    [InlineData("training.data.timeframes has '1mo'", "data", "update", "--source", "yahoo", "--symbols", "A",
        "--timeframe", "1mo")]
    [InlineData("training.data.lookback-days is -1", "data", "update", "--source", "yahoo", "--symbols", "A",
        "--lookback-days", "-1")]
    [InlineData("yahoo, binance, plug-in or the full name", "data", "update", "--source", "moon", "--symbols", "A")]
    public async Task Wrong_words_are_refused_before_anything_is_asked(string words, params string[] command)
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(
            new Surroundings { Folder = folder.Path }, [.. command, "--state", folder.State]);

        outcome.ExpectError(2, words);
        Assert.False(Path.Exists(folder.State));
    }

    [Fact]
    public async Task An_interrupted_update_goes_on_where_it_stopped()
    {
        using var folder = new StateFolder();
        await using var server = new BinanceServer();
        server.Offer(Hourly("BTCUSDT", 2500));
        var third = new TaskCompletionSource();
        server.Always = question =>
        {
            if (server.Questions.Count < 3)
            {
                return null;
            }

            third.TrySetResult();
            return ProviderFault.Slow;
        };
        string[] command =
        [
            "data", "update", "--source", "binance", "--symbols", "BTCUSDT", "--timeframe", "1h",
            "--lookback-days", "200", "--base-url", server.Address.ToString(), "--state", folder.State, "-o", "json",
        ];

        Outcome stopped;
        await using (var running = Trainctl.Start(Quick(folder), command))
        {
            await third.Task;
            await running.SignalAsync("INT");
            stopped = await running.EndAsync();
        }

        server.Always = _ => null;
        var resumed = await Trainctl.RunAsync(Quick(folder), command);

        stopped.ExpectError(130, "goes on from there");
        var item = Assert.Single(Items(resumed.Expect(0).Json()));
        Assert.Equal(2500, item.GetProperty("added").GetInt32());
        Assert.Equal(1, item.GetProperty("requests").GetInt32());
    }

    private static JsonElement[] Items(JsonElement document) => [.. document.GetProperty("items").EnumerateArray()];

    /// <summary>The last one ended before this day began.</summary>
    private static BarSeries Hourly(string symbol, int count)
    {
        var bars = Bars.Every(TimeSpan.FromHours(1), count).Named(symbol).Noisy(0.005).Build();
        return BarSeries.Create(bars.ToDraft() with
        {
            Times = Enumerable.Range(1, count)
                .Select(i => (Today - TimeSpan.FromHours(count - i + 1)).ToUnixTimeMilliseconds()).ToArray(),
        });
    }

    /// <summary>200 weekdays up to yesterday.</summary>
    private static BarSeries Daily(string symbol)
    {
        var days = Enumerable.Range(1, 400).Select(i => Today.AddDays(-i))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Take(200).Reverse();
        return BarSeries.Create(Bars.Daily(200).Named(symbol).Noisy(0.01).Build().ToDraft() with
        {
            Times = days.Select(day => day.ToUnixTimeMilliseconds()).ToArray(),
        });
    }
}

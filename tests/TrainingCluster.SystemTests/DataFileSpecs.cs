using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>Commands that make, describe and import files of bars.</summary>
public sealed class DataFileSpecs
{
    [Fact]
    public async Task Generated_markets_are_the_same_for_the_same_seed_and_are_never_overwritten_unasked()
    {
        using var folder = new StateFolder();
        string[] Command(string place, string seed) =>
        [
            "data", "generate", "--symbols", "ABC,XYZ", "--bars", "400", "--seed", seed, "--signal", "0.2", "--regimes",
            "--correlation", "0.5", "--defects", "gap,bad-tick", "--out", folder.Folder(place), "-o", "json",
        ];

        var one = Items(await Trainctl.RunAsync(Command("one", "1")));
        var same = Items(await Trainctl.RunAsync(Command("same", "1")));
        var other = Items(await Trainctl.RunAsync(Command("other", "2")));
        var again = await Trainctl.RunAsync(Command("one", "2"));

        Assert.Equal(["ABC", "XYZ"], one.Select(item => RunResult.Text(item, "symbol")));
        Assert.Equal(Digests(one), Digests(same));
        Assert.NotEqual(Digests(one), Digests(other));
        Assert.Equal(
            ["gap", "bad_tick"],
            one[0].GetProperty("defects").EnumerateArray().Select(defect => RunResult.Text(defect, "kind")));
        Assert.Equal(395, one[0].GetProperty("bars").GetInt32());
        again.ExpectError(6, "is there already", "--overwrite");
    }

    [Fact]
    public async Task Without_a_place_one_market_goes_to_standard_output()
    {
        var csv = (await Trainctl.RunAsync("data", "generate", "--bars", "3", "--symbols", "ABC")).Expect(0);
        var several = await Trainctl.RunAsync("data", "generate", "--symbols", "A,B");
        var wrong = await Trainctl.RunAsync("data", "generate", "--defects", "moon");
        var range = await Trainctl.RunAsync("data", "generate", "--bars", "0", "--volatility", "2");

        Assert.Equal(4, csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("timestamp,open,high,low,close,volume\n2000-01-03,100,", csv.Output);
        several.ExpectError(2, "--out FOLDER");
        wrong.ExpectError(2, "moon", "bad-tick");
        range.ExpectError(2, "Bars is 0", "Volatility is 2");
    }

    [Fact]
    public async Task A_profile_says_what_columns_returns_and_stamps_are_like()
    {
        using var folder = new StateFolder();
        var file = folder.Folder("abc.csv.gz");
        (await Trainctl.RunAsync(
            "data", "generate", "--symbols", "ABC", "--bars", "1000", "--signal", "0.3", "--out", file)).Expect(0);

        var json = (await Trainctl.RunAsync("data", "profile", file, "-o", "json")).Expect(0).Json();
        var table = (await Trainctl.RunAsync("data", "profile", file)).Expect(0);
        var missing = await Trainctl.RunAsync("data", "profile", folder.Folder("none.csv"));

        var columns = json.GetProperty("columns").EnumerateArray().ToArray();
        Assert.Equal(
            ["open", "high", "low", "close", "volume", "signal"],
            columns.Select(column => RunResult.Text(column, "name")));
        Assert.All(columns, column => Assert.Equal(1000, column.GetProperty("count").GetInt32()));
        Assert.Equal(7, columns[3].GetProperty("quantiles").GetArrayLength());
        var rhythm = json.GetProperty("rhythm");
        Assert.Equal(("1d", "forex"), (RunResult.Text(rhythm, "timeframe"), RunResult.Text(rhythm, "calendar")));
        var returns = json.GetProperty("returns");
        Assert.Equal(999, returns.GetProperty("count").GetInt32());
        Assert.Equal(10, returns.GetProperty("autocorrelations").GetArrayLength());
        Assert.InRange(returns.GetProperty("deviation").GetDouble(), 0.009, 0.011);
        Assert.Contains("timeframe 1d", table.Output);
        Assert.Contains("log returns: mean", table.Output);
        missing.ExpectError(2, "none.csv", "does not exist");
    }

    [Fact]
    public async Task A_folder_is_imported_file_by_file_and_those_that_fail_are_named()
    {
        using var folder = new StateFolder();
        var files = folder.Folder("files");
        (await Trainctl.RunAsync("data", "generate", "--symbols", "A,B", "--bars", "100", "--out", files)).Expect(0);
        Directory.CreateDirectory(Path.Combine(files, "deeper"));
        File.WriteAllText(Path.Combine(files, "deeper", "bad.csv"), "nothing\n");
        File.WriteAllText(Path.Combine(files, "readme.md"), "no bars\n");

        var some = await Trainctl.RunAsync("data", "import", files, "--state", folder.State, "-o", "json");
        var none = await Trainctl.RunAsync("data", "import", Path.Combine(files, "deeper"), "--state", folder.State);
        var nothing = Directory.CreateDirectory(folder.Folder("nothing")).FullName;
        var empty = await Trainctl.RunAsync("data", "import", nothing, "--state", folder.State);
        var listed = await Trainctl.RunAsync("data", "status", "--state", folder.State, "-o", "json");
        var status = listed.Expect(0).Json();

        var items = some.Expect(9).Json().GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([true, true, false], items.Select(item => item.GetProperty("stored").GetBoolean()));
        Assert.Contains("the header lacks", items[2].GetProperty("reasons")[0].GetString());
        none.ExpectError(5, "bad.csv", "the header lacks", "quarantine");
        empty.ExpectError(2, "has no files of bars");
        Assert.Equal(
            ["A", "B"], status.GetProperty("items").EnumerateArray().Select(item => RunResult.Text(item, "symbol")));
        Assert.Equal(1, status.GetProperty("quarantined").GetInt32());
    }

    [Fact]
    public async Task Above_the_limit_the_least_recently_used_series_is_dropped()
    {
        using var folder = new StateFolder();
        var files = folder.Folder("files");
        var small = Surroundings.With("TRAINING__DATA__CACHE_LIMIT", "2MiB");
        (await Trainctl.RunAsync(
            "data", "generate", "--symbols", "A,B", "--bars", "30000", "--session-bars", "390",
            "--out", files)).Expect(0);

        foreach (var name in new[] { "A.csv", "B.csv" })
        {
            (await Trainctl.RunAsync(
                small, "data", "import", Path.Combine(files, name), "--state", folder.State)).Expect(0);
        }

        var listed = await Trainctl.RunAsync(small, "data", "status", "--state", folder.State, "-o", "json");
        var status = listed.Expect(0).Json();
        Assert.Equal("B", RunResult.Text(Assert.Single(status.GetProperty("items").EnumerateArray()), "symbol"));
        Assert.Equal(2 * 1024 * 1024, status.GetProperty("limitBytes").GetInt64());
        Assert.InRange(status.GetProperty("totalBytes").GetInt64(), 1 << 20, 2 << 20);
    }

    private static JsonElement[] Items(Outcome outcome) =>
        [.. outcome.Expect(0).Json().GetProperty("items").EnumerateArray()];

    private static string[] Digests(JsonElement[] items) => [.. items.Select(item => RunResult.Text(item, "sha256"))];
}

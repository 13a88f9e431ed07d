namespace TrainingCluster.SystemTests;

/// <summary>Commands that look at bars and keep them.</summary>
public sealed class DataSpecs
{
    private const string Bars =
        "Date,Open,High,Low,Close,Volume\n2024-01-02,10,11,9,10,5\n2024-01-03,10,12,9,11,5\n2024-01-04,11,13,10,12,5\n";

    [Fact]
    public async Task Indicators_are_printed_one_column_an_output_and_empty_while_undefined()
    {
        using var folder = new StateFolder();
        var file = folder.File("abc.csv", Bars);

        var outcome = await Trainctl.RunAsync(
            "data", "compute", file, "--indicator", "sma(2)", "--indicator", "sma(period=3)",
            "--indicator", " sma(3, input=high) ", "-o", "csv");

        outcome.Expect(0);
        Assert.Equal(
            "timestamp,sma(2),sma(period=3),\"sma(3, input=high)\"\n2024-01-02T00:00:00Z,,,\n"
            + "2024-01-03T00:00:00Z,10.5,,\n2024-01-04T00:00:00Z,11.5,11,12\n",
            outcome.Output);
    }

    [Fact]
    public async Task Columns_are_called_what_was_asked_for()
    {
        using var folder = new StateFolder();
        var file = folder.File("abc.csv", Bars);

        var outcome = await Trainctl.RunAsync(
            "data", "compute", file, "--indicator", "rsi(period=14)", "--indicator", "rsi(period=28)",
            "--indicator", "rsi", "--indicator", "rsi", "--indicator", "macd", "-o", "csv");

        Assert.Equal(
            "timestamp,rsi(period=14),rsi(period=28),rsi,macd.line,macd.signal,macd.histogram",
            outcome.Expect(0).Output.Split('\n')[0]);
    }

    [Fact]
    public async Task An_unknown_indicator_is_answered_with_those_there_are()
    {
        using var folder = new StateFolder();
        var file = folder.File("abc.csv", Bars);

        (await Trainctl.RunAsync("data", "compute", file, "--indicator", "moon")).ExpectError(2, "moon", "rsi", "macd");
        (await Trainctl.RunAsync("data", "check", file, "-o", "csv")).ExpectError(2, "data compute");
    }

    [Fact]
    public async Task A_check_names_line_column_and_value_and_ends_with_the_code_of_a_failed_check()
    {
        using var folder = new StateFolder();
        var file = folder.File("abc.csv", Bars + "2024-01-05,10,x,9,10,5\n");

        var outcome = await Trainctl.RunAsync("data", "check", file);

        outcome.Expect(5);
        Assert.Contains("line 5, column 'High', value 'x'", outcome.Output);
    }

    [Fact]
    public async Task Quality_and_drift_leave_reports_that_need_nothing_else()
    {
        using var folder = new StateFolder();
        var file = folder.File("abc.csv", Bars);
        var (quality, drift) = (folder.Folder("quality.html"), folder.Folder("drift.html"));

        var checkedBars = await Trainctl.RunAsync("data", "check", file, "--report", quality);
        var compared = await Trainctl.RunAsync("data", "drift", file, "--reference", file, "--report", drift);

        Assert.Contains(quality, checkedBars.Expect(0).Error);
        Assert.Contains(drift, compared.Expect(0).Error);
        foreach (var page in new[] { quality, drift })
        {
            var html = await File.ReadAllTextAsync(page);
            Assert.StartsWith("<!doctype html>", html);
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("http", html);
        }
    }

    [Fact]
    public async Task Factors_that_are_given_adjust_what_is_imported_and_are_kept_with_it()
    {
        using var folder = new StateFolder();
        string Line(int day) => FormattableString.Invariant($"2020-01-{day:00},")
            + (day < 20 ? "100,102,98,101,10" : "50,51,49,50.5,20");
        var file = folder.File("SPLIT.csv", string.Join(
            '\n', Enumerable.Range(1, 31).Select(Line).Prepend("date,open,high,low,close,volume")));
        var factors = folder.File("factors.csv", "date,split,dividend\n2020-01-20,2,\n");
        var wrong = folder.File("wrong.csv", "date,split\n2020-01-20,none\n");

        var imported = (await Trainctl.RunAsync(
            "data", "import", file, "--factors", factors, "--state", folder.State, "-o", "json")).Expect(0).Json();
        var status = (await Trainctl.RunAsync("data", "status", "--state", folder.State, "-o", "json"))
            .Expect(0).Json().GetProperty("items")[0];
        var refused = await Trainctl.RunAsync("data", "import", file, "--factors", wrong, "--state", folder.State);

        Assert.Contains(imported.GetProperty("repairs").EnumerateArray(), one =>
            one.GetString()!.Contains("prices times 0.5", StringComparison.Ordinal));
        Assert.Equal(2, status.GetProperty("factors")[0].GetProperty("sharesPerOld").GetDouble());
        refused.ExpectError(2, "wrong.csv, line 2, column 'split', value 'none'");
        Assert.Equal(
            51, new TrainingCluster.MarketData.Store.BarStore(Path.Combine(folder.State, "data"), TimeProvider.System)
                .Open(new("file", "SPLIT", TimeSpan.FromDays(1)))!.High[0]);
    }

    [Fact]
    public async Task Imported_bars_are_listed_and_a_file_that_fails_is_kept_apart()
    {
        using var folder = new StateFolder();
        var good = folder.File("abc.csv", Bars);
        var bad = folder.File("bad.csv", "nothing\n");

        var imported = await Trainctl.RunAsync("data", "import", good, "--state", folder.State, "-o", "json");
        var refused = await Trainctl.RunAsync("data", "import", bad, "--state", folder.State);
        var status = await Trainctl.RunAsync("data", "status", "--state", folder.State, "-o", "json");

        Assert.Equal(3, imported.Expect(0).Json().GetProperty("added").GetInt32());
        refused.ExpectError(5, "bad.csv", "quarantine");
        Assert.Equal(
            "abc", status.Expect(0).Json().GetProperty("items")[0].GetProperty("symbol").GetString());
    }
}

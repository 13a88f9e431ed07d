using System.Globalization;
using System.IO.Compression;
using System.Text;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Folders;
using TrainingCluster.MarketData.Sources.Updates;

namespace TrainingCluster.UnitTests.MarketData.Sources;

/// <summary>Files of all dialects as a source.</summary>
public sealed class FolderSourceSpecs
{
    [Fact]
    public async Task A_file_named_after_symbol_and_timeframe_wins_over_one_named_after_the_symbol()
    {
        await using var world = new UpdateWorld();
        Write(world, "files/ABC.csv", UpdateWorld.Hourly.ToDraft());
        Write(world, "files/yahoo_ABC_1d.csv", UpdateWorld.Daily.ToDraft());

        var daily = await RunAsync(world, "ABC", "1d");
        var hourly = await RunAsync(world, "abc", "1h");

        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(daily.Key)!.Digest);
        Assert.Equal(500, hourly.Row!.Bars);
    }

    [Fact]
    public async Task Monthly_archives_of_binance_become_one_series()
    {
        await using var world = new UpdateWorld();
        var bars = UpdateWorld.Hourly;
        for (var part = 0; part < 2; part++)
        {
            var text = new StringBuilder();
            for (var t = part * 250; t < part * 250 + 250; t++)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"{bars.Times[t]},{bars.Open[t]:R},{bars.High[t]:R},{bars.Low[t]:R},{bars.Close[t]:R},")
                    .Append(CultureInfo.InvariantCulture, $"{bars.Volume[t]:R},{bars.Times[t] + 3_599_999},")
                    .Append("1,1,1,1,0\n");
            }

            Zip(world, $"files/BTCUSDT-1h-2000-0{2 - part}.zip", text.ToString());
        }

        var outcome = await RunAsync(world, "BTCUSDT", "1h");

        Assert.Equal(bars.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task A_folder_of_the_symbols_name_holds_its_files()
    {
        await using var world = new UpdateWorld();
        Write(world, "files/abc/one.csv", UpdateWorld.Daily.Slice(0, 60).ToDraft());
        Write(world, "files/abc/two.csv", UpdateWorld.Daily.Slice(50, 70).ToDraft());

        var outcome = await RunAsync(world, "ABC", "1d");

        var note = outcome.Findings.Single(finding => finding.Rule == FetchRule.Note).Detail;
        Assert.Contains("one.csv, two.csv; some of their bars have the same stamps", note);
        Assert.Equal(UpdateWorld.Daily.Digest, world.Store.Open(outcome.Key)!.Digest);
    }

    [Fact]
    public async Task A_file_that_grew_adds_its_new_bars()
    {
        await using var world = new UpdateWorld();
        Write(world, "files/ABC.csv", UpdateWorld.Daily.Slice(0, 100).ToDraft());
        await RunAsync(world, "ABC", "1d");
        Write(world, "files/ABC.csv", UpdateWorld.Daily.ToDraft());

        var outcome = await RunAsync(world, "ABC", "1d");

        Assert.Equal((20, 0), (outcome.Added, outcome.Revised));
    }

    [Theory]
    [InlineData("XYZ", "1d", FetchRule.UnknownSymbol, "ABC.csv")]
    [InlineData("ABC", "1h", FetchRule.WrongTimeframe, "bars of 1.00:00:00 where 1h was asked for")]
    [InlineData("BAD", "1d", FetchRule.NotPassed, "the header lacks")]
    public async Task What_cannot_be_had_is_named(string symbol, string timeframe, FetchRule rule, string words)
    {
        await using var world = new UpdateWorld();
        Write(world, "files/ABC.csv", UpdateWorld.Daily.ToDraft());
        File.WriteAllText(Path.Combine(world.Folder, "files", "BAD.csv"), "nothing\n");

        var outcome = await RunAsync(world, symbol, timeframe);

        Assert.Contains(words, outcome.Findings.Single(finding => finding.Rule == rule).Detail);
        Assert.Empty(world.StoredFiles());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        await using var world = new UpdateWorld();
        world.Options = world.Options with { Retry = new() { Retries = 0 } };

        var outcome = await RunAsync(world, "ABC", "1d");

        Assert.Contains("there is no folder", Assert.Single(outcome.Findings).Detail);
    }

    private static Task<SeriesOutcome> RunAsync(UpdateWorld world, string symbol, string timeframe)
    {
        // A file says nothing of sessions: the last day is over at midnight.
        world.Clock.Advance(TimeSpan.FromHours(2));
        return world.RunAsync(
            new FolderSource(Path.Combine(world.Folder, "files"), new BarImportOptions()),
            symbol, Timeframe.Parse(timeframe));
    }

    private static void Write(UpdateWorld world, string file, TrainingCluster.MarketData.Series.BarDraft bars)
    {
        var path = Path.Combine(world.Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path);
        CsvBarWriter.Write(writer, bars);
    }

    private static void Zip(UpdateWorld world, string file, string text)
    {
        var path = Path.Combine(world.Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry("klines.csv").Open());
        writer.Write(text);
    }
}

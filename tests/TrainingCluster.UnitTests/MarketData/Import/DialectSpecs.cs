using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.MarketData.Import;

public sealed class DialectSpecs
{
    private static readonly long Third = Moment("2000-01-03T00:00:00Z");
    private static readonly long Fourth = Moment("2000-01-04T00:00:00Z");

    public static TheoryData<string, string, BarDialect> Daily => new()
    {
        { "Yahoo", "Date,Open,High,Low,Close,Adj Close,Volume\n2000-01-03,1,3,0.5,2,2,10\n"
            + "2000-01-04,2,4,1.5,3,3,20\n", BarDialect.Header },
        { "Stooq's bulk file", "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
            + "ABC,D,20000103,000000,1,3,0.5,2,10,0\nABC,D,20000104,000000,2,4,1.5,3,20,0\n", BarDialect.Bracketed },
        { "MetaTrader 4", "2000.01.03,00:00,1,3,0.5,2,10\n2000.01.04,00:00,2,4,1.5,3,20\n", BarDialect.MetaTrader },
        { "MetaTrader 5", "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n"
            + "2000.01.03\t1\t3\t0.5\t2\t10\t0\t2\n2000.01.04\t2\t4\t1.5\t3\t20\t0\t2\n", BarDialect.Bracketed },
        { "Binance", "946857600000,1,3,0.5,2,10,946943999999,15,3,5,7,0\n"
            + "946944000000,2,4,1.5,3,20,947030399999,15,3,5,7,0\n", BarDialect.Binance },
        { "Binance in microseconds", "946857600000000,1,3,0.5,2,10,946943999999999,15,3,5,7,0\n"
            + "946944000000000,2,4,1.5,3,20,947030399999999,15,3,5,7,0\n", BarDialect.Binance },
        { "Google", "EXCHANGE%3DX\nMARKET_OPEN_MINUTE=570\nINTERVAL=86400\nCOLUMNS=DATE,CLOSE,HIGH,LOW,OPEN,VOLUME\n"
            + "DATA=\nTIMEZONE_OFFSET=-240\na946857600,2,3,0.5,1,10\n1,3,4,1.5,2,20\n", BarDialect.Google },
        { "day first", "date;open;high;low;close;volume\n03.01.2000;1;3;0,5;2;10\n04.01.2000;2;4;1,5;3;20\n"
            + "31.01.2000;;;;;\n", BarDialect.Header },
        { "date and time apart", "Date,Time,Open,High,Low,Close,Volume\n2000-01-03,00:00,1,3,0.5,2,10\n"
            + "2000-01-04,00:00,2,4,1.5,3,20\n", BarDialect.Header },
    };

    [Theory]
    [MemberData(nameof(Daily))]
    public void Every_dialect_gives_the_same_bars(string name, string text, BarDialect dialect)
    {
        var options = name == "day first" ? new BarImportOptions { DateOrder = DateOrder.DayFirst } : null;

        var imported = Imported.Text(text, options);

        Assert.Equal(dialect, imported.Dialect);
        Assert.Empty(imported.Violations);
        Assert.Equal(Expected().Digest, imported.ToSeries().Digest);
    }

    [Fact]
    public void Lean_days_are_zipped_and_priced_in_hundredths_of_a_cent()
    {
        var zip = Imported.Zip(("abc.csv",
            "20000103 00:00,10000,30000,5000,20000,10\n20000104 00:00,20000,40000,15000,30000,20\n"));

        var imported = Imported.Bytes(zip, name: "equity/usa/daily/ABC.zip");

        Assert.Equal(BarDialect.Lean, imported.Dialect);
        Assert.Equal("equity/usa/daily/ABC.zip/abc.csv", imported.Source);
        Assert.Equal(Expected().Digest, imported.ToSeries().Digest);
    }

    [Fact]
    public void Lean_minutes_are_counted_from_the_midnight_of_their_file_in_the_zone_of_the_exchange()
    {
        var zip = Imported.Zip(("20160415_aapl_minute_trade.csv", "34200000,1121100,1121200,1120000,1120600,5\n"));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

        var bars = Imported.Bytes(
            zip, new BarImportOptions { Zone = zone }, "equity/usa/minute/aapl/20160415_trade.zip").ToSeries();

        Assert.Equal(Moment("2016-04-15T13:30:00Z"), bars.Times[0]);
        Assert.Equal(112.06, bars.Close[0], 9);
    }

    [Fact]
    public void Prices_of_a_crypto_file_of_lean_are_not_scaled()
    {
        var zip = Imported.Zip(("btcusd.csv", "20200103 00:00,7000.5,7100,6900,7050,3.5\n"));

        Assert.Equal(7050, Imported.Bytes(zip, name: "crypto/gdax/daily/btcusd_trade.zip").ToSeries().Close[0]);
    }

    [Fact]
    public void A_folder_is_read_file_by_file_in_the_order_of_names()
    {
        var folder = Directory.CreateTempSubdirectory("bars").FullName;
        File.WriteAllBytes(
            Path.Combine(folder, "B.csv.gz"), Csv.TextFile.Gzip("date,open,high,low,close\n2000-01-03,1,1,1,1\n"));
        File.WriteAllText(Path.Combine(folder, "A.csv"), "date,open,high,low,close\n2000-01-03,2,2,2,2\n");
        File.WriteAllText(Path.Combine(folder, "notes.md"), "no bars");

        var symbols = BarImporter.ReadFolder(folder).Select(file => file.ToSeries().Symbol).ToArray();

        Directory.Delete(folder, recursive: true);
        Assert.Equal(["A", "B"], symbols);
    }

    [Fact]
    public void Headless_rows_of_unknown_width_ask_for_a_header()
    {
        var violation = Assert.Single(Imported.Text("2000-01-03,1,2,3\n2000-01-04,1,2,3\n").Violations);

        Assert.Equal(1, violation.Line);
        Assert.Contains("no header", violation.Rule);
    }

    private static BarSeries Expected() => BarSeries.Create(
        "ABC", [Third, Fourth], [1, 2], [3, 4], [0.5, 1.5], [2, 3], [10, 20]);

    private static long Moment(string text) => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();
}

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Csv;

public sealed class CsvBarReaderSpecs
{
    private const string Plain =
        """
        date,open,high,low,close,volume
        2000-01-03,1,3,0.5,2,10
        2000-01-04,2,4,1.5,3,20

        """;

    [Theory]
    [InlineData("date,open,high,low,close,volume\n2000-01-03,1,3,0.5,2,10\n2000-01-04,2,4,1.5,3,20\n")]
    [InlineData("date,open,high,low,close,volume\r\n2000-01-03,1,3,0.5,2,10\n2000-01-04,2,4,1.5,3,20")]
    [InlineData("\ufeffDate;Open;High;Low;Close;Volume\n2000-01-03;1;3;.5;2;10\n2000-01-04;2;4;1.5;3;20\n")]
    [InlineData("TIMESTAMP\tVOLUME\tCLOSE\tLOW\tHIGH\tOPEN\n2000-01-03\t10\t2\t.5\t3\t1\n"
        + "2000-01-04\t20\t3\t1.5\t4\t2\n")]
    [InlineData("\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Volume\"\n\"2000-01-03\",1,3,\"0.5\", 2 ,10\n"
        + "2000/01/04,2,4,1.5,\"3\" ,\"20\"\n")]
    [InlineData("\n  \ntime,open,high,low,close,vol\n\n946857600,1,3,5e-1,2,1e1\n\n"
        + "946944000,+2,4,1.5,3,20\n\n")]
    [InlineData("Date Time,Open,High,Low,Close,Volume\n946857600000,1,3,0.5,2,10\n"
        + "946944000000,2,4,1.5,3,20\n")]
    [InlineData("date,open,high,low,close,volume\n20000103,1,3,0.5,2,10\n"
        + "2000-01-04T00:00:00Z,2,4,1.5,3,20\n")]
    [InlineData("date,open,high,low,close,Adj Close,volume,symbol\n2000-01-03,1,3,0.5,2,9,10,ABC\n"
        + "2000-01-04,2,4,1.5,3,null,20,ABC\n")]
    public void Every_dialect_gives_the_same_bars(string text)
    {
        var bars = TextFile.Read(text);

        Assert.Equal(TextFile.Read(Plain).Digest, bars.Digest);
        Assert.Equal("ABC", bars.Symbol);
        Assert.Equal([946857600000, 946944000000], bars.Times.ToArray());
        Assert.Equal([0.5, 1.5], bars.Low.ToArray());
        Assert.Equal([10, 20], bars.Volume.ToArray());
    }

    [Theory]
    [InlineData("2000-01-03T09:30:00.250+01:00", "2000-01-03T08:30:00.250Z")]
    [InlineData("2000-01-03 09:30:00-0530", "2000-01-03T15:00:00Z")]
    [InlineData("2000-01-03T09:30", "2000-01-03T09:30:00Z")]
    [InlineData("2000-01-03 09:30:05 UTC", "2000-01-03T09:30:05Z")]
    [InlineData("2000-01-03T09:30:05.123456789Z", "2000-01-03T09:30:05.123Z")]
    [InlineData("1460727000", "2016-04-15T13:30:00Z")]
    [InlineData("1460727000.5", "2016-04-15T13:30:00.500Z")]
    [InlineData("-86400", "1969-12-31T00:00:00Z")]
    public void Stamps_are_read_as_moments_in_utc(string stamp, string moment)
    {
        var bars = TextFile.Read($"date,open,high,low,close\n{stamp},1,1,1,1\n");

        Assert.Equal(DateTimeOffset.Parse(moment).ToUnixTimeMilliseconds(), bars.Times[0]);
    }

    [Fact]
    public void A_gzipped_file_is_recognised_by_its_content()
    {
        Assert.Equal(TextFile.Read(Plain).Digest, TextFile.Read(TextFile.Gzip(Plain)).Digest);
    }

    [Fact]
    public void The_symbol_is_the_file_name_without_its_extensions()
    {
        var bars = CsvBarReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Plain)), "/data/BRK.B.csv.gz");
        var named = CsvBarReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(Plain)), "x.csv", new CsvReadOptions { Symbol = "OWN" });

        Assert.Equal("BRK.B", bars.Symbol);
        Assert.Equal("OWN", named.Symbol);
    }

    [Fact]
    public void Missing_volume_becomes_zero()
    {
        Assert.Equal([0.0, 0.0], TextFile.Read(
            "date,open,high,low,close\n2000-01-03,1,1,1,1\n2000-01-04,1,1,1,1\n").Volume.ToArray());
    }

    [Fact]
    public void Further_numeric_columns_are_kept_in_order_and_may_have_holes()
    {
        var bars = TextFile.Read(
            """
            date,vix,open,high,low,close,note,adj_close,mood
            2000-01-03,,1,1,1,1,calm,1,0.5
            2000-01-04,20.5,1,1,1,1,,1,NaN
            """);

        Assert.Equal(["vix", "mood"], bars.Extra.Select(column => column.Name));
        Assert.Equal([double.NaN, 20.5], bars.Extra[0].Values.ToArray());
        Assert.Equal([0.5, double.NaN], bars.Extra[1].Values.ToArray());
    }

    [Fact]
    public void Bars_that_are_written_and_read_again_are_the_same()
    {
        var pages = Gen.Choose(1, 60).SelectMany(
            count => Gen.Choose(0, int.MaxValue).Select(seed => (count, seed)));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(1, 1),
            Prop.ForAll(pages.ToArbitrary(), page =>
            {
                var bars = Bars.Daily(page.count).Named("ABC").Noisy(0.5, (ulong)page.seed).Build();

                var read = TextFile.Read(Write(bars));

                Assert.Equal(bars.Digest, read.Digest);
            }));
    }

    [Fact]
    public void Numbers_are_read_as_the_platform_reads_them()
    {
        var random = new TrainingCluster.MarketData.Randomness.RandomStream(7);
        for (var i = 0; i < 20_000; i++)
        {
            var number = random.NextUInt64().ToString("D20", CultureInfo.InvariantCulture);
            var digits = number[..(1 + random.NextInt32(18))];
            var point = random.NextInt32(digits.Length + 1);
            var front = (i % 3 == 0 ? "-" : "") + new string('0', random.NextInt32(12));
            var text = $"{front}{digits[..point]}.{digits[point..]}";

            Assert.True(CsvNumber.TryParse(Encoding.UTF8.GetBytes(text), out var value), text);
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)),
                BitConverter.DoubleToInt64Bits(value));
        }
    }

    private static string Write(BarSeries bars)
    {
        var text = new StringBuilder("date,open,high,low,close,volume\n");
        for (var t = 0; t < bars.Count; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bars.Times[t]},{bars.Open[t]:R},{bars.High[t]:R},");
            text.Append(CultureInfo.InvariantCulture, $"{bars.Low[t]:R},{bars.Close[t]:R},");
            text.Append(CultureInfo.InvariantCulture, $"{bars.Volume[t]:R}\n");
        }

        return text.ToString();
    }
}

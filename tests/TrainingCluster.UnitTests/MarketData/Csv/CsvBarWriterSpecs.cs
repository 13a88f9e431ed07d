using System.Text;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Csv;

public sealed class CsvBarWriterSpecs
{
    [Fact]
    public void What_is_written_is_read_again_bit_for_bit()
    {
        var daily = Bars.Daily(50).Noisy(0.01).Named("D").WithColumn("mood", [double.NaN, .. Enumerable.Range(1, 49)]);
        var minutes = Bars.Every(TimeSpan.FromMinutes(1), 50).Noisy(0.01).Named("M");

        foreach (var bars in new[] { daily.Build(), minutes.Build() })
        {
            Assert.Equal(bars.Digest, Again(bars).Digest);
        }
    }

    [Fact]
    public void Days_are_days_and_what_is_missing_is_empty()
    {
        var bars = Bars.Exactly((1, 2, 0.5, 1.5)).ToDraft() with { Volume = new[] { double.NaN } };
        using var text = new StringWriter();

        CsvBarWriter.Write(text, bars);

        Assert.Equal("timestamp,open,high,low,close,volume\n2000-01-03,1,2,0.5,1.5,\n", text.ToString());
    }

    private static BarSeries Again(BarSeries bars)
    {
        using var text = new StringWriter();
        CsvBarWriter.Write(text, bars.ToDraft());
        return CsvBarReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), $"{bars.Symbol}.csv");
    }
}

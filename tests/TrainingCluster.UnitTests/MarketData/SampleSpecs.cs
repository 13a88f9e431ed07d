using TrainingCluster.MarketData.Content;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData;

public sealed class SampleSpecs
{
    [Theory]
    [InlineData("sp500-daily", 5105, "2000-01-03", "2020-04-17")]
    [InlineData("aapl-daily", 1260, "2013-05-13", "2018-05-11")]
    public void A_sample_holds_what_its_sources_page_says(string name, int count, string first, string last)
    {
        var bars = Samples.Get(name);
        using var file = File.OpenRead(Samples.PathOf($"{name}.csv"));
        var page = File.ReadAllText(Repository.PathOf("samples", "SOURCES.md"));

        Assert.Equal(name, bars.Symbol);
        Assert.Equal(count, bars.Count);
        Assert.Empty(bars.Extra);
        Assert.Equal(first, Day(bars.Times[0]));
        Assert.Equal(last, Day(bars.Times[^1]));
        Assert.Contains($"| `{name}.csv` | {count:N0} | {first} | {last} |", page);
        Assert.Contains(Digest.Of(file).Hex, page);
    }

    [Theory]
    [InlineData(2003, 98, 100)]
    [InlineData(2006, 43, 78)]
    [InlineData(2007, 16, 56)]
    [InlineData(2012, 25, 64)]
    [InlineData(2018, 0, 3)]
    public void The_opens_of_the_index_repeat_the_close_as_often_as_the_sources_page_says(
        int year, int exactPercent, int nearPercent)
    {
        var bars = Samples.Sp500;
        var (exact, near, all) = (0, 0, 0);
        for (var t = 1; t < bars.Count; t++)
        {
            if (DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[t]).Year == year)
            {
                all++;
                exact += bars.Open[t] == bars.Close[t - 1] ? 1 : 0;
                near += Math.Abs(bars.Open[t] / bars.Close[t - 1] - 1) <= 1e-4 ? 1 : 0;
            }
        }

        Assert.Equal(exactPercent, Math.Round(100.0 * exact / all));
        Assert.Equal(nearPercent, Math.Round(100.0 * near / all));
    }

    private static string Day(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd");
}

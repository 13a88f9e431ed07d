using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.Trading;

/// <summary>The two real series that come with the repository.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, Lazy<BarSeries>> Read = new()
    {
        ["sp500-daily"] = new(() => CsvBarReader.Read(Path("sp500-daily"))),
        ["aapl-daily"] = new(() => CsvBarReader.Read(Path("aapl-daily"))),
    };

    public static TheoryData<string> Names { get; } = ["sp500-daily", "aapl-daily"];

    public static BarSeries Get(string name) => Read[name].Value;

    private static string Path(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "samples", $"{name}.csv");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException(
            $"samples/{name}.csv stands in no folder above {AppContext.BaseDirectory}");
    }
}

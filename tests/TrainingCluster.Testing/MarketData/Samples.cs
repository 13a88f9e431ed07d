using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.Testing.MarketData;

/// <summary>The two real data sets of the repository; see <c>samples/SOURCES.md</c>.</summary>
public static class Samples
{
    private static readonly Lazy<BarSeries> LazySp500 =
        new(() => CsvBarReader.Read(PathOf("sp500-daily.csv")));
    private static readonly Lazy<BarSeries> LazyAapl =
        new(() => CsvBarReader.Read(PathOf("aapl-daily.csv")));

    public static BarSeries Sp500 => LazySp500.Value;

    public static BarSeries Aapl => LazyAapl.Value;

    /// <summary>By file name without its extension, so that theories can name a sample.</summary>
    public static BarSeries Get(string name) => name switch
    {
        "sp500-daily" => Sp500,
        "aapl-daily" => Aapl,
        _ => throw new ArgumentException($"no sample '{name}'; there are sp500-daily and aapl-daily"),
    };

    public static string PathOf(string fileName) => Repository.PathOf("samples", fileName);
}

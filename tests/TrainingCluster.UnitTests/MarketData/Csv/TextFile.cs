using System.IO.Compression;
using System.Text;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.MarketData.Csv;

/// <summary>Reads text as if it were the file <c>bars/ABC.csv</c>.</summary>
internal static class TextFile
{
    public const string Source = "bars/ABC.csv";

    public static BarSeries Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static BarSeries Read(byte[] content) => CsvBarReader.Read(new MemoryStream(content), Source);

    public static string ErrorOf(string text) => ErrorOf(Encoding.UTF8.GetBytes(text));

    public static string ErrorOf(byte[] content) =>
        Assert.Throws<BarDataException>(() => Read(content)).Message;

    public static byte[] Gzip(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}

using System.IO.Compression;
using System.Text;
using TrainingCluster.MarketData.Import;

namespace TrainingCluster.UnitTests.MarketData.Import;

/// <summary>Imports text as if it were a file.</summary>
internal static class Imported
{
    public static ImportedBars Text(string text, BarImportOptions? options = null, string name = "bars/ABC.csv") =>
        Bytes(Encoding.UTF8.GetBytes(text), options, name);

    public static ImportedBars Bytes(byte[] content, BarImportOptions? options = null, string name = "bars/ABC.csv") =>
        BarImporter.Read(() => new MemoryStream(content), name, options);

    public static byte[] Zip(params (string Entry, string Text)[] entries)
    {
        using var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, text) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
                writer.Write(text);
            }
        }

        return zipped.ToArray();
    }
}

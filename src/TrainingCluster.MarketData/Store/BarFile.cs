using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Store;

/// <summary>
/// Bars in one file, column by column: 8 bytes of magic, counts of bars, of further columns and of bytes of their
/// names (8 bytes each), the names as JSON padded to 8, the columns in little-endian, and the sha-256 of all before.
/// A file is written aside and renamed: it is there whole or not at all.
/// </summary>
internal static class BarFile
{
    private const int HeaderLength = 32;
    private const int BarColumns = 6;

    private static ReadOnlySpan<byte> Magic => "TCBARS1\n"u8;

    public static void Write(string path, BarSeries bars)
    {
        var draft = bars.ToDraft();
        var names = JsonSerializer.SerializeToUtf8Bytes(draft.Extra.Select(column => column.Name));
        var padded = new byte[(names.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        names.CopyTo(padded, 0);
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), draft.Count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), draft.Extra.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), padded.Length);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draftPath = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        using (var file = new FileStream(draftPath, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Put(header);
            Put(padded);
            Put(MemoryMarshal.AsBytes(draft.Times.Span));
            ImmutableArray<ReadOnlyMemory<double>> columns =
            [
                draft.Open, draft.High, draft.Low, draft.Close, draft.Volume,
                .. draft.Extra.Select(column => column.Values),
            ];
            foreach (var column in columns)
            {
                Put(MemoryMarshal.AsBytes(column.Span));
            }

            file.Write(hash.GetHashAndReset());
            file.Flush(flushToDisk: true);

            void Put(ReadOnlySpan<byte> bytes)
            {
                file.Write(bytes);
                hash.AppendData(bytes);
            }
        }

        File.Move(draftPath, path, overwrite: true);
    }

    /// <summary>
    /// The bars of a file after its checksum has been compared. The columns are copied out of the mapping: a span of a
    /// series does not keep a mapping alive, and reading one that is gone would end the process.
    /// </summary>
    /// <exception cref="BarFileCorruptException">The file is missing, cut, or changed.</exception>
    public static BarSeries Read(string path, string symbol)
    {
        using var file = Map(path);
        var count = Count(file, 8, path);
        var extras = Count(file, 16, path);
        var nameLength = Count(file, 24, path);
        var columns = HeaderLength + nameLength;
        var end = columns + (BarColumns + extras) * count * sizeof(double);
        if (nameLength % 8 != 0 || end + SHA256.HashSizeInBytes != file.Length || !IsWhole(file, end))
        {
            throw new BarFileCorruptException(path, "its checksum differs");
        }

        var names = JsonSerializer.Deserialize<string[]>(
            Encoding.UTF8.GetString(file.Bytes(HeaderLength, (int)nameLength)).TrimEnd())!;
        return BarSeries.Adopt(new BarDraft
        {
            Symbol = symbol,
            Source = path,
            Times = file.Copy<long>(columns, (int)count),
            Open = Column(1),
            High = Column(2),
            Low = Column(3),
            Close = Column(4),
            Volume = Column(5),
            Extra = [.. names.Select((name, i) => new BarColumn(name, Column(BarColumns + i)))],
        });

        ReadOnlyMemory<double> Column(int index) =>
            file.Copy<double>(columns + index * count * sizeof(double), (int)count);
    }

    private static MappedFile Map(string path)
    {
        try
        {
            var file = new MappedFile(path);
            if (file.Length >= HeaderLength + SHA256.HashSizeInBytes && file.Bytes(0, 8).SequenceEqual(Magic))
            {
                return file;
            }

            file.Dispose();
            throw new BarFileCorruptException(path, "it is no file of bars");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BarFileCorruptException(path, "it is missing");
        }
        catch (ArgumentException)
        {
            throw new BarFileCorruptException(path, "it is empty");
        }
    }

    private static long Count(MappedFile file, int offset, string path)
    {
        var count = BinaryPrimitives.ReadInt64LittleEndian(file.Bytes(offset, sizeof(long)));
        return count >= 0 && count <= Math.Min(file.Length, int.MaxValue)
            ? count
            : throw new BarFileCorruptException(path, "its header is damaged");
    }

    private static bool IsWhole(MappedFile file, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var offset = 0L; offset < end;)
        {
            var length = (int)Math.Min(1 << 20, end - offset);
            hash.AppendData(file.Bytes(offset, length));
            offset += length;
        }

        return hash.GetHashAndReset().AsSpan().SequenceEqual(file.Bytes(end, SHA256.HashSizeInBytes));
    }
}

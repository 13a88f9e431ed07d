using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Series;

/// <summary>
/// The canonical bytes of bars and their sha-256: a format line, the symbol, then each column as name, length
/// and little-endian values; every text goes with its length in front, so that no two contents give the same
/// bytes.
/// </summary>
internal static class BarDigest
{
    public static Digest Of(BarDraft bars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, "bars/1");
        Text(hash, bars.Symbol);
        Text(hash, "time");
        Number(hash, bars.Count);
        hash.AppendData(MemoryMarshal.AsBytes(bars.Times.Span));
        Column(hash, "open", bars.Open.Span);
        Column(hash, "high", bars.High.Span);
        Column(hash, "low", bars.Low.Span);
        Column(hash, "close", bars.Close.Span);
        Column(hash, "volume", bars.Volume.Span);
        foreach (var column in bars.Extra)
        {
            Column(hash, $"x_{column.Name}", column.Values.Span);
        }

        return Digest.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Column(IncrementalHash hash, string name, ReadOnlySpan<double> values)
    {
        Text(hash, name);
        Number(hash, values.Length);
        Span<double> canonical = stackalloc double[512];
        while (!values.IsEmpty)
        {
            var count = Math.Min(values.Length, canonical.Length);
            for (var i = 0; i < count; i++)
            {
                // Equal numbers must give equal bytes: one NaN, and no negative zero.
                canonical[i] = double.IsNaN(values[i]) ? double.NaN : values[i] + 0.0;
            }

            hash.AppendData(MemoryMarshal.AsBytes(canonical[..count]));
            values = values[count..];
        }
    }

    private static void Text(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

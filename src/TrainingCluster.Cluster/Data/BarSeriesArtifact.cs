using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Cluster.Data;

/// <summary>
/// Bars as an artifact: the very bytes whose sha-256 is <see cref="BarSeries.Digest"/>, so that the digest in
/// a run's specification is also the name under which workers find the bars. Layout: the text <c>bars/1</c>,
/// the symbol, then each column as name, length and little-endian values; a text is its length and its UTF-8
/// bytes.
/// </summary>
public static class BarSeriesArtifact
{
    private const string Format = "bars/1";

    private const string ExtraPrefix = "x_";

    private static readonly string[] PriceColumns = ["open", "high", "low", "close", "volume"];

    public static byte[] ToBytes(BarSeries bars)
    {
        using var buffer = new MemoryStream();
        Text(buffer, Format);
        Text(buffer, bars.Symbol);
        Text(buffer, "time");
        Number(buffer, bars.Count);
        buffer.Write(MemoryMarshal.AsBytes(bars.Times));
        Column(buffer, PriceColumns[0], bars.Open);
        Column(buffer, PriceColumns[1], bars.High);
        Column(buffer, PriceColumns[2], bars.Low);
        Column(buffer, PriceColumns[3], bars.Close);
        Column(buffer, PriceColumns[4], bars.Volume);
        foreach (var column in bars.Extra)
        {
            Column(buffer, ExtraPrefix + column.Name, column.Values.Span);
        }

        return buffer.ToArray();
    }

    /// <exception cref="BarArtifactException">The bytes are no bars, or not those of the digest.</exception>
    public static BarSeries Read(ReadOnlyMemory<byte> content, Digest expected)
    {
        var reader = new Reader(content);
        reader.Expect(Format);
        var symbol = reader.Text();
        reader.Expect("time");
        var times = reader.Values<long>();
        var prices = new double[PriceColumns.Length][];
        for (var i = 0; i < prices.Length; i++)
        {
            reader.Expect(PriceColumns[i]);
            prices[i] = reader.Values<double>();
        }

        var extra = ImmutableArray.CreateBuilder<BarColumn>();
        while (!reader.IsAtEnd)
        {
            var name = reader.Text();
            if (!name.StartsWith(ExtraPrefix, StringComparison.Ordinal))
            {
                throw new BarArtifactException($"the column '{name}' must begin with '{ExtraPrefix}'");
            }

            extra.Add(new BarColumn(name[ExtraPrefix.Length..], reader.Values<double>()));
        }

        var bars = BarSeries.Create(
            symbol, times, prices[0], prices[1], prices[2], prices[3], prices[4], extra.ToImmutable());
        return bars.Digest == expected
            ? bars
            : throw new BarArtifactException($"these are the bars {bars.Digest}; expected were {expected}");
    }

    private static void Column(Stream buffer, string name, ReadOnlySpan<double> values)
    {
        Text(buffer, name);
        Number(buffer, values.Length);
        foreach (var value in values)
        {
            // Equal numbers have equal bytes: one NaN, and no negative zero.
            var canonical = double.IsNaN(value) ? double.NaN : value + 0.0;
            buffer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in canonical)));
        }
    }

    private static void Text(Stream buffer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(buffer, bytes.Length);
        buffer.Write(bytes);
    }

    private static void Number(Stream buffer, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        buffer.Write(bytes);
    }

    private sealed class Reader(ReadOnlyMemory<byte> content)
    {
        private int _position;

        public bool IsAtEnd => _position == content.Length;

        public void Expect(string text)
        {
            var found = Text();
            if (found != text)
            {
                throw new BarArtifactException($"'{found}' stands where '{text}' must stand");
            }
        }

        public string Text() => Encoding.UTF8.GetString(Take(Number(), 1));

        public T[] Values<T>()
            where T : unmanaged
        {
            var size = Marshal.SizeOf<T>();
            return MemoryMarshal.Cast<byte, T>(Take(Number(), size)).ToArray();
        }

        private int Number() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), 1));

        private ReadOnlySpan<byte> Take(int count, int size)
        {
            if (count < 0 || (long)count * size > content.Length - _position)
            {
                throw new BarArtifactException(
                    $"at byte {_position} a length of {count} goes beyond the {content.Length} bytes there are");
            }

            var taken = content.Span.Slice(_position, count * size);
            _position += count * size;
            return taken;
        }
    }
}

/// <summary>Bytes are not the bars they should be.</summary>
public sealed class BarArtifactException(string reason) : Exception($"the bars cannot be read: {reason}");

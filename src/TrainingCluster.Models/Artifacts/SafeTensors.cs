using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace TrainingCluster.Models.Artifacts;

/// <summary>Writes and reads the bytes of a <see cref="ModelArtifact"/>.</summary>
internal static class SafeTensors
{
    private const string Metadata = "__metadata__";
    private const string Format = "training-cluster/1";
    private const int LengthBytes = sizeof(ulong);
    private const int LargestHeader = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 8,
    };

    public static byte[] Write(ModelArtifact artifact)
    {
        var offsets = Place(artifact.Tensors, out var total);
        var header = Header(artifact, offsets);
        var padded = (header.Length + 7) / 8 * 8;

        var bytes = new byte[LengthBytes + padded + total];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)padded);
        header.CopyTo(bytes.AsSpan(LengthBytes));
        bytes.AsSpan(LengthBytes + header.Length, padded - header.Length).Fill((byte)' ');
        foreach (var (name, tensor) in artifact.Tensors)
        {
            tensor.Data.Span.CopyTo(bytes.AsSpan(checked((int)(LengthBytes + padded + offsets[name]))));
        }

        return bytes;
    }

    public static ModelArtifact Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < LengthBytes)
        {
            throw new ArtifactFormatException(
                $"it has {bytes.Length} bytes; the shortest artifact has {LengthBytes}");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > LargestHeader || length > (ulong)(bytes.Length - LengthBytes))
        {
            throw new ArtifactFormatException(
                $"its header claims {length} bytes; the file has {bytes.Length - LengthBytes} after it");
        }

        var header = bytes.Slice(LengthBytes, (int)length);
        var data = bytes[(LengthBytes + (int)length)..];
        try
        {
            using var document = JsonDocument.Parse(header, Strict);
            return Read(document.RootElement, data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw new ArtifactFormatException("its header cannot be read: " + e.Message, e);
        }
    }

    private static ModelArtifact Read(JsonElement root, ReadOnlyMemory<byte> data)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Metadata, out var metadata))
        {
            throw new ArtifactFormatException($"its header has no '{Metadata}'");
        }

        var format = Text(metadata, "format");
        if (format != Format)
        {
            throw new ArtifactFormatException($"its format is '{format}'; this program reads '{Format}'");
        }

        var entries = root.EnumerateObject().Where(entry => entry.Name != Metadata)
            .Select(entry => Entry.Read(entry, data.Length))
            .OrderBy(entry => entry.Start).ThenBy(entry => entry.End).ToList();
        long covered = 0;
        foreach (var entry in entries)
        {
            if (entry.Start != covered)
            {
                throw new ArtifactFormatException(
                    $"tensor '{entry.Name}' begins at {entry.Start}; the one before it ends at {covered}");
            }

            covered = entry.End;
        }

        return covered == data.Length
            ? new ModelArtifact(Text(metadata, "kind"), Text(metadata, "config"),
                entries.Select(e => e.Tensor(data)))
            : throw new ArtifactFormatException(
                $"its tensors end at {covered}; the file has {data.Length} bytes of data");
    }

    private static string Text(JsonElement metadata, string key) =>
        metadata.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new ArtifactFormatException($"its metadata has no text '{key}'");

    /// <summary>
    /// Larger elements first, then by name: every tensor is aligned without gaps, which the format forbids.
    /// </summary>
    private static Dictionary<string, long> Place(
        IReadOnlyDictionary<string, ArtifactTensor> tensors, out long total)
    {
        var offsets = new Dictionary<string, long>(StringComparer.Ordinal);
        total = 0;
        foreach (var (name, tensor) in tensors
            .OrderByDescending(pair => ArtifactTensor.ElementSize(pair.Value.DType))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var expected = Elements(name, tensor.Shape) * ArtifactTensor.ElementSize(tensor.DType);
            if (expected != tensor.Data.Length || ArtifactTensor.ElementSize(tensor.DType) == 0
                || name == Metadata)
            {
                throw new ArgumentException(
                    $"tensor '{name}' of {tensor.DType} [{string.Join(", ", tensor.Shape)}] "
                    + $"has {tensor.Data.Length} bytes; its type and shape need {expected}");
            }

            offsets.Add(name, total);
            total += tensor.Data.Length;
        }

        return offsets;
    }

    private static long Elements(string name, ImmutableArray<long> shape)
    {
        long product = 1;
        foreach (var length in shape)
        {
            if (length < 0 || (length > 0 && product > int.MaxValue / length))
            {
                throw new ArtifactFormatException(
                    $"tensor '{name}' has the shape [{string.Join(", ", shape)}], "
                    + "which no artifact can hold");
            }

            product *= length;
        }

        return product;
    }

    private static byte[] Header(ModelArtifact artifact, Dictionary<string, long> offsets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            json.WriteString("config", artifact.ConfigJson);
            json.WriteString("format", Format);
            json.WriteString("kind", artifact.Kind);
            json.WriteEndObject();
            foreach (var (name, tensor) in artifact.Tensors)
            {
                WriteEntry(json, name, tensor, offsets[name]);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, ArtifactTensor tensor, long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.DType);
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Entry(string Name, string DType, ImmutableArray<long> Shape, long Start, long End)
    {
        public static Entry Read(JsonProperty property, int available)
        {
            var value = property.Value;
            var dtype = value.GetProperty("dtype").GetString() ?? "";
            ImmutableArray<long> shape =
                [.. value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];
            long[] range = [.. value.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt64())];
            var size = ArtifactTensor.ElementSize(dtype);
            if (size == 0)
            {
                throw new ArtifactFormatException(
                    $"tensor '{property.Name}' has the type '{dtype}'; known are F32, F64, I64 and U8");
            }

            if (range is not [>= 0, _] || range[1] < range[0] || range[1] > available
                || range[1] - range[0] != Elements(property.Name, shape) * size)
            {
                throw new ArtifactFormatException(
                    $"tensor '{property.Name}' of {dtype} [{string.Join(", ", shape)}] "
                    + $"has the offsets [{string.Join(", ", range)}] in {available} bytes of data");
            }

            return new Entry(property.Name, dtype, shape, range[0], range[1]);
        }

        public KeyValuePair<string, ArtifactTensor> Tensor(ReadOnlyMemory<byte> data) =>
            new(Name, new ArtifactTensor(DType, Shape, data[(int)Start..(int)End]));
    }
}

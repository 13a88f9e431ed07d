using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingCluster.MarketData.Content;

/// <summary>The sha-256 of some bytes: the only identity that stored content has.</summary>
[JsonConverter(typeof(DigestJsonConverter))]
public sealed record Digest
{
    private Digest(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The first 12 digits, for people.</summary>
    public string Short => Hex[..12];

    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return new Digest(Convert.ToHexStringLower(hash));
    }

    public static Digest Of(Stream content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Of the UTF-8 bytes of a text.</summary>
    public static Digest Of(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));

    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static Digest Parse(string hex) =>
        TryParse(hex, out var digest)
            ? digest
            : throw new FormatException($"'{hex}' is no digest; it must be 64 lower-case hexadecimal digits");

    public static bool TryParse(string? hex, [NotNullWhen(true)] out Digest? digest)
    {
        digest = hex is { Length: 64 } && hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
            ? new Digest(hex)
            : null;
        return digest is not null;
    }

    public override string ToString() => $"sha256:{Hex}";
}

/// <summary>A digest in JSON is its 64 digits as a string.</summary>
public sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest)
            ? digest
            : throw new JsonException("a digest must be 64 lower-case hexadecimal digits");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Hex);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Registry.Versions;

/// <summary>A model name in JSON is its text.</summary>
public sealed class ModelNameJsonConverter : JsonConverter<ModelName>
{
    public override ModelName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ModelName.TryParse(reader.GetString(), out var model)
            ? model
            : throw new JsonException("a model name must be type/name");

    public override void Write(Utf8JsonWriter writer, ModelName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A version id in JSON is its text.</summary>
public sealed class VersionIdJsonConverter : JsonConverter<VersionId>
{
    public override VersionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        VersionId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("a version id must be type/name@1.2.3");

    public override void Write(Utf8JsonWriter writer, VersionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>
/// A seed in JSON is a decimal string: readers with 53-bit numbers would lose digits otherwise.
/// </summary>
public sealed class SeedJsonConverter : JsonConverter<Seed>
{
    public override Seed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new Seed(value)
            : throw new JsonException("a seed must be a decimal 64-bit number in a string");

    public override void Write(Utf8JsonWriter writer, Seed value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture));
}

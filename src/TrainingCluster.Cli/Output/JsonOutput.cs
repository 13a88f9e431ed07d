using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingCluster.Cli.Output;

/// <summary>The one way in which commands print JSON.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new FiniteNumberConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
        },
    };

    public static void Write(TextWriter writer, object document) =>
        writer.WriteLine(JsonSerializer.Serialize(document, Options));

    /// <summary>Lists are objects, so that members can be added beside the items.</summary>
    public static void WriteList<T>(TextWriter writer, IReadOnlyList<T> items) =>
        Write(writer, new ItemList<T>(items, null));

    private sealed record ItemList<T>(IReadOnlyList<T> Items, string? NextPageToken);

    /// <summary>JSON has no NaN and no infinity; both are written as null.</summary>
    private sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// The name of a run: the second it was accepted in, UTC, as <c>v_20241127_143022</c>; further runs of one
/// second end in <c>_2</c>, <c>_3</c> …
/// </summary>
[JsonConverter(typeof(RunIdJsonConverter))]
public sealed partial record RunId : IComparable<RunId>
{
    private RunId(string text) => Text = text;

    public string Text { get; }

    /// <param name="ordinal">1 for the first run of its second.</param>
    public static RunId At(DateTimeOffset moment, int ordinal = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ordinal, 1);

        var second = moment.UtcDateTime.ToString("'v_'yyyyMMdd'_'HHmmss", CultureInfo.InvariantCulture);
        return new RunId(ordinal == 1 ? second : string.Create(CultureInfo.InvariantCulture, $"{second}_{ordinal}"));
    }

    /// <exception cref="FormatException">The text is no run id.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var run)
            ? run
            : throw new FormatException($"'{text}' is no run id; it must look like v_20241127_143022");

    public static bool TryParse(string? text, [NotNullWhen(true)] out RunId? run)
    {
        run = text is not null && Form().IsMatch(text) ? new RunId(text) : null;
        return run is not null;
    }

    public int CompareTo(RunId? other)
    {
        if (other is null)
        {
            return 1;
        }

        // Ordinals have no leading zeros, so the shorter text of one second is the earlier run.
        var seconds = string.CompareOrdinal(Text, 0, other.Text, 0, SecondLength);
        return seconds != 0 ? seconds
            : Text.Length != other.Text.Length ? Text.Length.CompareTo(other.Text.Length)
            : string.CompareOrdinal(Text, other.Text);
    }

    public override string ToString() => Text;

    private const int SecondLength = 17;

    [GeneratedRegex(@"^v_\d{8}_\d{6}(_[1-9]\d{0,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>A run id in JSON is its text.</summary>
public sealed class RunIdJsonConverter : JsonConverter<RunId>
{
    public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RunId.TryParse(reader.GetString(), out var run) ? run : throw new JsonException("this is no run id");

    public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}

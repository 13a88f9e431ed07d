using System.Text.Json;

namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>Reads JSON whose shape is known, and names the first place that is otherwise.</summary>
internal static class JsonShape
{
    /// <exception cref="BarSourceException">There is no such member, or it is of another kind.</exception>
    public static JsonElement Member(JsonElement owner, string name, JsonValueKind kind, string path)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out var member))
        {
            throw Changed($"{path}.{name} is missing");
        }

        return member.ValueKind == kind
            ? member
            : throw Changed($"{path}.{name} is {Text(member)}; it must be {kind.ToString().ToLowerInvariant()}");
    }

    /// <summary>Null where it is missing, null, or of another kind.</summary>
    public static JsonElement? Optional(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member)
            && member.ValueKind == kind ? member : null;

    public static BarSourceException Changed(string what) => new(
        FetchRule.SchemaChanged, $"the answer's form has changed: {what}; nothing of it was used");

    public static string Text(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}

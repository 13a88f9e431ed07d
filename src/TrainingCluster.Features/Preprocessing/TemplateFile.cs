using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>
/// Templates as JSON, one or a list:
/// <c>{"modelType":"cnn_lstm","version":1,"window":60,"steps":["features","scale(method=minmax)"]}</c>.
/// </summary>
public static class TemplateFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="FormatException">The file holds no templates; the message names it and says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImmutableArray<PipelineTemplate> Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <param name="utf8">The text.</param>
    /// <param name="source">As the error names it.</param>
    /// <exception cref="FormatException">The text holds no templates.</exception>
    public static ImmutableArray<PipelineTemplate> Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            var isList = utf8.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            ImmutableArray<PipelineTemplate?> templates = isList
                ? JsonSerializer.Deserialize<ImmutableArray<PipelineTemplate?>>(utf8, Json)
                : [JsonSerializer.Deserialize<PipelineTemplate>(utf8, Json)];
            return templates.Length > 0 && templates.All(one => one is { Steps.IsDefault: false, ModelType: not null })
                ? [.. templates.Select(one => one!)]
                : throw new FormatException($"{source}: a template must have modelType, version, window and steps");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{source} holds no preprocessing template: {wrong.Message}", wrong);
        }
    }

    public static byte[] ToJson(PipelineTemplate template) => JsonSerializer.SerializeToUtf8Bytes(template, Json);
}

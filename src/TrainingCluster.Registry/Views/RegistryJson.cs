using System.Globalization;
using System.Text;
using System.Text.Json;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Views;

/// <summary>
/// <c>registry.json</c>: the registry for readers outside. A view that can be deleted and written again from
/// the journal with the same bytes: keys and entries in fixed order, invariant numbers, LF at the end.
/// </summary>
public static class RegistryJson
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n" };

    public static string Write(RegistryState state)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", 1);
            json.WriteNumber("events", state.EventCount);
            json.WriteStartArray("versions");
            foreach (var version in state.Versions.Values)
            {
                Write(json, version);
            }

            json.WriteEndArray();
            json.WriteStartArray("trials");
            foreach (var data in state.Trials.DataSets)
            {
                json.WriteStartObject();
                json.WriteString("data", data.Hex);
                json.WriteNumber("count", state.Trials.Count(data));
                WriteNumber(json, "sharpePerBarVariance", state.Trials.SharpeVariance(data));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>One version, as it stands in the list.</summary>
    public static void Write(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteStartObject();
        json.WriteString("id", version.Id.ToString());
        json.WriteString("type", version.Id.Model.Type);
        json.WriteString("name", version.Id.Model.Name);
        json.WriteString("version", version.Id.Version.ToNormalizedString());
        json.WriteString("displayName", version.ExportName);
        json.WriteString("digest", version.Digest.Hex);
        json.WriteString("createdAt",
            version.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("run", version.RunId);
        json.WriteString("job", version.JobId);
        json.WriteString("seed", version.Seed.Value.ToString(CultureInfo.InvariantCulture));
        json.WriteString("spec", version.SpecDigest.Hex);
        json.WriteString("recipe", version.RecipeDigest.Hex);
        json.WriteString("signature", version.SignatureDigest.Hex);
        WriteGrade(json, version);
        WriteMetrics(json, version);
        WriteFiles(json, version);
        WriteLineage(json, version.Lineage);
        json.WriteStartObject("profile");
        foreach (var (key, value) in version.Profile)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteString("degradation", version.Degradation);
        json.WriteEndObject();
    }

    private static void WriteGrade(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteStartObject("grade");
        json.WriteString("letter", version.Grade.Grade is null ? null : version.Grade.Text);
        WriteNumber(json, "composite", version.Grade.Composite);
        json.WriteString("policy", version.Grade.PolicyId);
        json.WriteString("reason", version.Grade.Reason);
        json.WriteStartObject("scores");
        foreach (var score in version.Grade.Scores)
        {
            WriteNumber(json, score.Metric, score.Score);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteStartObject("metrics");
        foreach (var (name, value) in version.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            WriteNumber(json, name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteStartArray("files");
        foreach (var file in version.Files)
        {
            json.WriteStartObject();
            json.WriteString("role", file.Role);
            json.WriteString("sha256", file.Digest.Hex);
            json.WriteNumber("size", file.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLineage(Utf8JsonWriter json, Lineage lineage)
    {
        json.WriteStartObject("lineage");
        json.WriteString("data", lineage.Data.Hex);
        json.WriteString("dataName", lineage.DataName);
        json.WriteStartArray("edges");
        foreach (var edge in lineage.Edges
            .OrderBy(edge => edge.Relation)
            .ThenBy(edge => edge.Target))
        {
            json.WriteStartObject();
            json.WriteString("relation",
                edge.Relation == LineageRelation.Component ? "component" : "derived-from");
            json.WriteString("target", edge.Target.ToString());
            json.WriteString("digest", edge.Digest.Hex);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

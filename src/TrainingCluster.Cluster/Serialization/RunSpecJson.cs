using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Serialization;

/// <summary>
/// A run's specification as strangers send it: what is missing and has a default gets it, what is unknown, null or of
/// another form is refused with its place.
/// </summary>
public static class RunSpecJson
{
    /// <summary>No part of a specification lies deeper.</summary>
    private const int DepthMax = 24;

    private static readonly JsonSerializerOptions Strict = new(ClusterJson.Default.Options)
    {
        TypeInfoResolver = ClusterJson.Default,
        MaxDepth = DepthMax,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static byte[] Write(RunSpec spec) =>
        JsonSerializer.SerializeToUtf8Bytes(spec, (JsonTypeInfo<RunSpec>)Strict.GetTypeInfo(typeof(RunSpec)));

    /// <exception cref="JsonException">It is no specification; the message says where and why.</exception>
    public static RunSpec Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("a specification must be an object");
        }

        var members = JsonObject.Create(json)!;
        AddDefault(members, "threadsPerJob", 1);
        AddDefault(members, "jobTimeout", "00:05:00");
        AddDefault(members, "feeRatio", 0.0005);
        AddDefault(members, "inputs", new JsonArray());
        try
        {
            return members.Deserialize((JsonTypeInfo<RunSpec>)Strict.GetTypeInfo(typeof(RunSpec)))
                ?? throw new JsonException("a specification must be an object");
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException
            or InvalidOperationException or RunSpecException)
        {
            // The parts check themselves while they are made.
            throw new JsonException(refused.Message, refused);
        }
    }

    private static void AddDefault(JsonObject members, string name, JsonNode value)
    {
        if (!members.ContainsKey(name))
        {
            members[name] = value;
        }
    }
}

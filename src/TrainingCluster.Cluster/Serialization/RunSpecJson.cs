using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Declared;
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
            return Checked(members.Deserialize((JsonTypeInfo<RunSpec>)Strict.GetTypeInfo(typeof(RunSpec)))
                ?? throw new JsonException("a specification must be an object"));
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException
            or InvalidOperationException or RunSpecException or StrategyDefinitionException
            or UnknownStrategyException)
        {
            // The parts check themselves while they are made.
            throw new JsonException(refused.Message, refused);
        }
    }

    // What the types let through and nothing could be made of: numbers for names, and nulls within lists.
    private static RunSpec Checked(RunSpec spec)
    {
        if (spec.Strategies.IsDefault || spec.Stages.IsDefault || spec.Agents.IsDefault || spec.Inputs.IsDefault)
        {
            throw new JsonException("strategies, stages, agents and inputs must be lists");
        }

        if (!spec.Stages.All(Enum.IsDefined) || !Enum.IsDefined(spec.Budget))
        {
            throw new JsonException("a stage or the budget is a number that stands for nothing; write its name");
        }

        if (spec.Strategies.Contains(null!) || spec.Agents.Contains(null!) || spec.Inputs.Contains(null!)
            || spec.Origins.Contains(null!) || spec.Preprocessing.Contains(null!)
            || spec.Definitions.Texts.Values.Contains(null!))
        {
            throw new JsonException("an element of a list is null");
        }

        foreach (var name in spec.Definitions.Texts.Keys)
        {
            if (!spec.Strategies.Contains(name))
            {
                throw new JsonException($"there is a definition of '{name}', which is none of the strategies");
            }

            // Throws where the definition is wrong.
            spec.Definitions.Rule(name);
        }

        return spec;
    }

    private static void AddDefault(JsonObject members, string name, JsonNode value)
    {
        if (!members.ContainsKey(name))
        {
            members[name] = value;
        }
    }
}

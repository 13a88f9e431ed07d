using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>What a worker's process is told before its job.</summary>
/// <param name="MemoryBytes">Data that it may have; 0 = no limit.</param>
/// <param name="CpuSeconds">Processor time that it may use; 0 = no limit.</param>
/// <param name="ThreadStackBytes">Of the learner's thread.</param>
internal sealed record ChildSetup(
    long MemoryBytes,
    long CpuSeconds,
    int CheckpointSteps,
    TimeSpan CheckpointInterval,
    TimeSpan ProgressInterval,
    int ThreadStackBytes,
    int LearnerThreads);

/// <summary>The end of a job beside its files.</summary>
/// <param name="Evaluation">The serialised evaluation.</param>
internal sealed record ChildDone(ImmutableSortedDictionary<string, double> Metrics, byte[] Evaluation);

/// <summary>A learner's exception.</summary>
/// <param name="Kind">numerical, memory, data, or other.</param>
/// <param name="Type">The exception's name.</param>
internal sealed record ChildFault(string Kind, string Type, string Message)
{
    public const string Numerical = "numerical";
    public const string Memory = "memory";
    public const string Data = "data";
    public const string Other = "other";

    public long Step { get; init; }

    public string? Where { get; init; }

    public int? Batch { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ChildSetup))]
[JsonSerializable(typeof(ChildDone))]
[JsonSerializable(typeof(ChildFault))]
internal sealed partial class ChildJson : JsonSerializerContext
{
    public static byte[] Write<T>(T value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), Default);

    /// <exception cref="InvalidDataException">The bytes are no such message.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8)
        where T : class
    {
        try
        {
            return (T?)JsonSerializer.Deserialize(utf8.Span, typeof(T), Default)
                ?? throw new InvalidDataException($"a {typeof(T).Name} is null");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"what came is no {typeof(T).Name}", broken);
        }
    }
}

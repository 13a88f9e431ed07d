using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>A policy at one moment of its training.</summary>
/// <param name="Steps">Over all episodes, by then.</param>
/// <param name="Score">Of its evaluation; NaN where there was none.</param>
/// <param name="Parameters">All that is learned, the greedy policy's first; belongs to the record.</param>
/// <param name="Normalizer">Scaling of observations, if any.</param>
public sealed record OffPolicySnapshot(
    long Steps, double Score, float[] Parameters, NormalizerState? Normalizer)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(Score);
        StateCodec.Write(writer, Parameters);
        WriteNormalizer(writer, Normalizer);
    }

    public static OffPolicySnapshot Read(BinaryReader reader) => new(
        reader.ReadInt64(), reader.ReadDouble(), StateCodec.Read<float>(reader), ReadNormalizer(reader));

    internal static void WriteNormalizer(BinaryWriter writer, NormalizerState? state)
    {
        writer.Write(state is not null);
        if (state is not null)
        {
            writer.Write(state.Count);
            StateCodec.Write(writer, state.Means.AsSpan());
            StateCodec.Write(writer, state.Variances.AsSpan());
        }
    }

    internal static NormalizerState? ReadNormalizer(BinaryReader reader) =>
        reader.ReadBoolean()
            ? new NormalizerState(
                reader.ReadDouble(), [.. StateCodec.Read<double>(reader)],
                [.. StateCodec.Read<double>(reader)])
            : null;
}

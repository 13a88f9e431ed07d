using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo.Recurrent;

namespace TrainingCluster.Training.Ppo;

/// <summary>A policy at one moment of its training.</summary>
/// <param name="Iteration">After how many iterations.</param>
/// <param name="Score">On the validation window; NaN where it was not scored.</param>
/// <param name="Shape">Of the network.</param>
/// <param name="Parameters">Flat, as <see cref="PpoNetwork.Parameters"/>; belongs to the record.</param>
/// <param name="Normalizer">Scaling of observations, if any.</param>
public sealed record PpoSnapshot(
    int Iteration, double Score, PpoNetworkOptions Shape, float[] Parameters, NormalizerState? Normalizer)
    : IPolicySnapshot
{
    int IPolicySnapshot.Observations => Shape.Observations;

    ImmutableArray<int> IPolicySnapshot.Hidden => Shape.Hidden;

    ImmutableSortedDictionary<string, ArtifactTensor> IPolicySnapshot.ToTensors() => Memory is null
        ? ToNetwork().ToTensors()
        : throw new NotSupportedException("a policy with a memory has no artifact format yet");

    ITradingPolicy IPolicySnapshot.ToTradingPolicy() => new LikeliestAction(ToPolicy());

    /// <summary>Policy and value alone.</summary>
    public PpoNetwork ToNetwork() => PpoNetwork.FromParameters(Shape, Parameters);

    /// <summary>What makes the policy's observations of what it saw; null: they are what it saw.</summary>
    public PpoMemorySnapshot? Memory { get; init; }

    /// <exception cref="InvalidOperationException">The policy has a memory: <see cref="RecurrentPolicy"/> keeps
    /// it.</exception>
    public PpoPolicy ToPolicy() => Memory is not null
        ? throw new InvalidOperationException("the policy has a memory; a RecurrentPolicy keeps it")
        : new(ToNetwork(), Normalizer is { } state ? new ObservationNormalizer(state) : null);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Iteration);
        writer.Write(Score);
        writer.Write(Shape.Observations);
        writer.Write(Shape.Actions);
        StateCodec.Write(writer, Shape.Hidden.AsSpan());
        StateCodec.Write(writer, Parameters);
        writer.Write(Normalizer is not null);
        if (Normalizer is { } state)
        {
            writer.Write(state.Count);
            StateCodec.Write(writer, state.Means.AsSpan());
            StateCodec.Write(writer, state.Variances.AsSpan());
        }

        writer.Write(Memory is not null);
        Memory?.Write(writer);
    }

    public static PpoSnapshot Read(BinaryReader reader)
    {
        var (iteration, score) = (reader.ReadInt32(), reader.ReadDouble());
        var shape = new PpoNetworkOptions(reader.ReadInt32(), reader.ReadInt32())
        {
            Hidden = [.. StateCodec.Read<int>(reader)],
        };
        var parameters = StateCodec.Read<float>(reader);
        var normalizer = reader.ReadBoolean()
            ? new NormalizerState(
                reader.ReadDouble(), [.. StateCodec.Read<double>(reader)],
                [.. StateCodec.Read<double>(reader)])
            : null;
        var memory = reader.ReadBoolean() ? PpoMemorySnapshot.Read(reader) : null;
        return new PpoSnapshot(iteration, score, shape, parameters, normalizer) { Memory = memory };
    }
}

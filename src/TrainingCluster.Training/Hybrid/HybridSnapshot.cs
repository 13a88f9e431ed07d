using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>Encoder and policy at one moment of the fine-tuning.</summary>
/// <param name="Policy">Iteration 0 is what the fine-tuning began with.</param>
/// <param name="Encoder">Flat weights; belongs to the record.</param>
internal sealed record HybridSnapshot(PpoSnapshot Policy, float[] Encoder)
{
    public void Write(BinaryWriter writer)
    {
        Policy.Write(writer);
        StateCodec.Write(writer, Encoder);
    }

    public static HybridSnapshot Read(BinaryReader reader) =>
        new(PpoSnapshot.Read(reader), StateCodec.Read<float>(reader));
}

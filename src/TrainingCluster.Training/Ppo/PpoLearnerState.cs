using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo;

/// <summary>The whole state of a <see cref="PpoLearner"/> between two iterations.</summary>
/// <param name="Iterations">Done so far; the schedules follow from it.</param>
/// <param name="Updates">Minibatches drawn so far.</param>
/// <param name="Current">The policy being trained.</param>
/// <param name="Best">The policy to be kept, if any was considered.</param>
/// <param name="Adam">The optimizer's moments.</param>
/// <param name="Shuffle">The stream that orders minibatches.</param>
/// <param name="Collector">Environment, pending observations, action stream.</param>
public sealed record PpoLearnerState(
    int Iterations, long Updates, PpoSnapshot Current, PpoSnapshot? Best, AdamState Adam,
    RandomStreamState Shuffle, byte[] Collector)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Iterations);
        writer.Write(Updates);
        Current.Write(writer);
        writer.Write(Best is not null);
        Best?.Write(writer);
        Adam.Write(writer);
        StateCodec.Write(writer, Shuffle);
        StateCodec.Write(writer, Collector);
    }

    /// <exception cref="InvalidDataException">The bytes are no such state.</exception>
    public static PpoLearnerState Read(BinaryReader reader)
    {
        var iterations = reader.ReadInt32();
        var updates = reader.ReadInt64();
        var current = PpoSnapshot.Read(reader);
        var best = reader.ReadBoolean() ? PpoSnapshot.Read(reader) : null;
        var adam = AdamState.Read(reader);
        var shuffle = StateCodec.ReadStream(reader);
        return new PpoLearnerState(
            iterations, updates, current, best, adam, shuffle, StateCodec.Read<byte>(reader));
    }
}

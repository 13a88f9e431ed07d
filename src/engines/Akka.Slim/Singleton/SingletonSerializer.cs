using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What singleton managers tell each other.</summary>
internal sealed class SingletonSerializer : EngineSerializer
{
    public SingletonSerializer(ExtendedActorSystem system)
        : base(system, identifier: 14)
    {
        Add(
            "hand-over-to-me",
            (writer, message) => writer.Int32(message.Asked),
            reader => new SingletonProtocol.HandOverToMe(reader.Int32()));
        Add("hand-over-in-progress", new SingletonProtocol.HandOverInProgress());
        Add(
            "hand-over-done",
            (writer, message) => writer.Int32(message.By),
            reader => new SingletonProtocol.HandOverDone(reader.Int32()));
    }
}

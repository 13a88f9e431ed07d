using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What singleton managers tell each other.</summary>
internal sealed class SingletonSerializer : EngineSerializer
{
    public SingletonSerializer(ExtendedActorSystem system)
        : base(system, identifier: 14)
    {
        Add("hand-over-to-me", new SingletonProtocol.HandOverToMe());
        Add("hand-over-in-progress", new SingletonProtocol.HandOverInProgress());
        Add("hand-over-done", new SingletonProtocol.HandOverDone());
    }
}

using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The serializers of the engine's own messages; none needs a binding in the settings.</summary>
internal static class EngineSerializers
{
    public static IReadOnlyList<EngineSerializer> Create(ExtendedActorSystem system) =>
    [
        new MiscMessageSerializer(system),
        new Cluster.Tools.PublishSubscribe.PubSubSerializer(system),
        new Cluster.Sharding.ShardingSerializer(system),
        new Cluster.Tools.Singleton.SingletonSerializer(system),
    ];
}

using Akka.Serialization;

namespace Akka.Actor;

/// <summary>The serializers of an actor system, made when they are first asked for.</summary>
public static class ActorSystemSerialization
{
    extension(ActorSystem system)
    {
        public Serialization.Serialization Serialization => SerializationId.Instance.Apply(system).Value;
    }
}

internal sealed class SerializationHolder(Serialization.Serialization value) : IExtension
{
    public Serialization.Serialization Value { get; } = value;
}

internal sealed class SerializationId : ExtensionIdProvider<SerializationHolder>
{
    public static SerializationId Instance { get; } = new();

    public override SerializationHolder CreateExtension(ExtendedActorSystem system) =>
        new(new Serialization.Serialization(system));
}

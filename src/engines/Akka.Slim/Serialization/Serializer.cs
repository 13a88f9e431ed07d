using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Turns objects into bytes and back. Made by the actor system from <c>akka.actor.serializers</c>; the
/// constructor takes the system, and optionally the settings at
/// <c>akka.actor.serialization-settings.&lt;name&gt;</c>.
/// </summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>
    /// Stands in stored and sent data for this serializer and must never change; unless overridden, that of
    /// <c>akka.actor.serialization-identifiers</c>.
    /// </summary>
    public virtual int Identifier =>
        _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>True where <see cref="FromBinary(byte[], Type)"/> needs the type.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type? type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}

/// <summary>A serializer whose manifests are names that outlive the types behind them.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type? type) =>
        FromBinary(bytes, type is null ? "" : Serialization.TypeManifest(type));

    /// <summary>Throws on a manifest it does not know.</summary>
    public abstract object FromBinary(byte[] bytes, string manifest);

    public abstract string Manifest(object o);
}

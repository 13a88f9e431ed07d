using Akka.Actor;
using Akka.Serialization;

namespace TrainingCluster.Cluster.Serialization;

/// <summary>
/// Messages and events as JSON under their permanent wire names. Named by type in
/// <c>akka.actor.serializers</c>.
/// </summary>
public sealed class TrainingClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands beside every stored event and must never change.</summary>
    public const int PermanentIdentifier = 7101;

    public override int Identifier => PermanentIdentifier;

    public override string Manifest(object o) => WireContracts.NameOf(o.GetType());

    public override byte[] ToBinary(object obj) => WireContracts.Write(obj);

    public override object FromBinary(byte[] bytes, string manifest) => WireContracts.Read(bytes, manifest);
}

using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What singleton managers tell each other.</summary>
internal sealed class SingletonSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string HandOverToMe = "A";
    private const string HandOverInProgress = "B";
    private const string HandOverDone = "C";

    public override int Identifier => 14;

    public override string Manifest(object o) => o switch
    {
        SingletonProtocol.HandOverToMe => HandOverToMe,
        SingletonProtocol.HandOverInProgress => HandOverInProgress,
        SingletonProtocol.HandOverDone => HandOverDone,
        _ => throw new SerializationException($"{o.GetType()} is no message of singleton managers."),
    };

    public override byte[] ToBinary(object obj) => [];

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        HandOverToMe => new SingletonProtocol.HandOverToMe(),
        HandOverInProgress => new SingletonProtocol.HandOverInProgress(),
        HandOverDone => new SingletonProtocol.HandOverDone(),
        _ => throw new SerializationException($"\"{manifest}\" is no message of singleton managers."),
    };
}

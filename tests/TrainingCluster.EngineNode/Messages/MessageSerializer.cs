using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Akka.Serialization;

namespace TrainingCluster.EngineNode.Messages;

/// <summary>Messages as JSON under permanent names.</summary>
internal sealed class MessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly Dictionary<string, JsonTypeInfo> Types = new(StringComparer.Ordinal)
    {
        ["command"] = MessageJson.Default.Command,
        ["acknowledgement"] = MessageJson.Default.Acknowledgement,
        ["activated"] = MessageJson.Default.Activated,
        ["recorded"] = MessageJson.Default.Recorded,
        ["heartbeat"] = MessageJson.Default.Heartbeat,
    };

    private static readonly Dictionary<Type, string> Names =
        Types.ToDictionary(pair => pair.Value.Type, pair => pair.Key);

    public override int Identifier => 7301;

    public override string Manifest(object o) => Names[o.GetType()];

    public override byte[] ToBinary(object obj) =>
        JsonSerializer.SerializeToUtf8Bytes(obj, Types[Manifest(obj)]);

    public override object FromBinary(byte[] bytes, string manifest) =>
        Types.TryGetValue(manifest, out var type)
            ? JsonSerializer.Deserialize(bytes, type)
                ?? throw new SerializationException($"The {manifest} is null.")
            : throw new SerializationException($"There is no message \"{manifest}\".");
}

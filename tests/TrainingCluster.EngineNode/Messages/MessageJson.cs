using System.Text.Json.Serialization;

namespace TrainingCluster.EngineNode.Messages;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(Activated))]
[JsonSerializable(typeof(Recorded))]
[JsonSerializable(typeof(Heartbeat))]
internal sealed partial class MessageJson : JsonSerializerContext;

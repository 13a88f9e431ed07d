using System.Text.Json.Serialization;

namespace TrainingCluster.Training.CnnLstm;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EncoderConfig))]
[JsonSerializable(typeof(OutOfFoldConfig))]
[JsonSerializable(typeof(CnnLstmJobCursor))]
internal sealed partial class EncoderJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Policies;

/// <summary>What the artifact of an agent or a hybrid says besides its tensors.</summary>
internal sealed record AgentConfig
{
    public int FormatVersion { get; init; } = 1;

    /// <summary>The agent's name; null for PPO's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Agent { get; init; }

    public required int Observations { get; init; }

    /// <summary>Choices; of several branches all together; 1 where the action is a number.</summary>
    public required int Actions { get; init; }

    public required ImmutableArray<int> Hidden { get; init; }

    /// <summary>Names of the scaled features in the observation.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>Observations that the scaling was fitted on.</summary>
    public required double NormalizerCount { get; init; }

    /// <summary>Iterations of the kept snapshot.</summary>
    public required int Iteration { get; init; }

    /// <summary>Annualised, of the kept snapshot.</summary>
    public required double ValidationSharpe { get; init; }

    /// <summary>The encoder's: what its windows are made by.</summary>
    public required PreprocessorSpec Preprocessor { get; init; }

    /// <summary>The agent's own: what it sees of a bar beside the encoder's outputs.</summary>
    public required SavedPipelines State { get; init; }

    /// <summary>
    /// The shape of the encoder inside; null for an agent, which reads an encoder's outputs.
    /// </summary>
    public required CnnLstmArchitecture? Encoder { get; init; }

    /// <summary>The encoder's artifact that this was trained on or began from.</summary>
    public required Digest EncoderArtifact { get; init; }

    /// <summary>Of the job that trained it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Of the bars it was trained on.</summary>
    public required Digest Data { get; init; }

    /// <summary>Of the job's spec.</summary>
    public required Digest Spec { get; init; }

    /// <summary>Fingerprint of the numeric profile that computed it.</summary>
    public required string NumericProfile { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AgentConfig))]
internal sealed partial class AgentJson : JsonSerializerContext;

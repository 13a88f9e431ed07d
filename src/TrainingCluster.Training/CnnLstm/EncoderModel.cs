using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>A trained encoder as it is stored: its weights and all that its reader must know.</summary>
internal sealed class EncoderModel
{
    public const string Kind = "cnn_lstm";

    private readonly ModelArtifact _artifact;

    private EncoderModel(ModelArtifact artifact, EncoderConfig config)
    {
        _artifact = artifact;
        Config = config;
    }

    public EncoderConfig Config { get; }

    /// <exception cref="ArtifactFormatException">The artifact is no encoder, or its parts contradict each
    /// other.</exception>
    public static EncoderModel Load(ModelArtifact artifact)
    {
        var config = Parse(artifact.OfKind(Kind).ConfigJson);
        config.Preprocessor.Pipelines.Verified();
        var features = config.Preprocessor.Features.Length;
        if (config.Architecture.Features != features
            || config.Architecture.Window != config.Preprocessor.Window)
        {
            throw new ArtifactFormatException(
                $"its network reads [{config.Architecture.Window}, {config.Architecture.Features}] and its "
                + $"preprocessor makes [{config.Preprocessor.Window}, {features}]");
        }

        return new EncoderModel(artifact, config);
    }

    public static ModelArtifact ToArtifact(CnnLstmNetwork network, EncoderConfig config) =>
        new(Kind, JsonSerializer.Serialize(config, EncoderJson.Default.EncoderConfig),
            NetworkWeights.ToTensors(network));

    /// <summary>A network with the stored weights; the caller disposes it.</summary>
    public CnnLstmNetwork CreateNetwork()
    {
        var network = new CnnLstmNetwork(Config.Architecture, new RandomStream(0));
        NetworkWeights.Load(network, _artifact);
        return network;
    }

    /// <summary>Logits of the windows that end with the bars.</summary>
    /// <returns>[bar, 4] in the order of the bars.</returns>
    /// <exception cref="FeatureSchemaException">The windows have other features than the encoder was fitted
    /// on.</exception>
    public float[] Logits(WindowView windows, ReadOnlySpan<int> bars)
    {
        var names = Config.Preprocessor.Features;
        if (!names.SequenceEqual(windows.Matrix.Names))
        {
            throw new FeatureSchemaException(
                [.. names.Except(windows.Matrix.Names)],
                [.. windows.Matrix.Names.Except(names)],
                string.Join(", ", names));
        }

        using var network = CreateNetwork();
        return EncoderInference.Logits(network, windows, bars);
    }

    private static EncoderConfig Parse(string json)
    {
        try
        {
            var config = JsonSerializer.Deserialize(json, EncoderJson.Default.EncoderConfig)
                ?? throw new ArtifactFormatException("its configuration is null");
            config.Architecture.Validated();
            return config;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ArtifactFormatException("its configuration cannot be read: " + e.Message, e);
        }
    }
}

/// <summary>What an encoder's artifact says besides its weights.</summary>
internal sealed record EncoderConfig
{
    public int FormatVersion { get; init; } = 1;

    public required CnnLstmArchitecture Architecture { get; init; }

    public required PreprocessorSpec Preprocessor { get; init; }

    /// <summary>
    /// The encoder's own policy trades where P(profit) is at least this; chosen on validation.
    /// </summary>
    public required double ProfitThreshold { get; init; }

    /// <summary>It learned from set-ups alone, so that its policy decides at entries and keeps to that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MetaLabels { get; init; }

    /// <summary>Epochs of the kept weights.</summary>
    public required int Epochs { get; init; }

    /// <summary>Of the job that trained it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Of the bars it was trained on.</summary>
    public required Digest Data { get; init; }

    /// <summary>Of the job's spec.</summary>
    public required Digest Spec { get; init; }

    /// <summary>Fingerprint of the numeric profile that computed the weights.</summary>
    public required string NumericProfile { get; init; }
}

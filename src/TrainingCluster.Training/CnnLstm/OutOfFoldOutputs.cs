using System.Text.Json;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.CnnLstm;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The encoder's logits over the training window, each from an encoder whose training labels do not overlap
/// the bar's own. A policy that learns on them learns how far an encoder can be trusted on bars it has not
/// fitted. Outputs and not hidden states, because a logit means the same in every fold while a hidden unit
/// does not.
/// </summary>
/// <param name="Bars">Ascending.</param>
/// <param name="Logits">[bar, 4].</param>
/// <param name="Data">Of the bars that the indices count.</param>
internal sealed record OutOfFoldOutputs(ImmutableArray<int> Bars, float[] Logits, Digest Data)
{
    public const string Kind = "cnn_lstm.oof";

    public ModelArtifact ToArtifact() => new(
        Kind,
        JsonSerializer.Serialize(new OutOfFoldConfig(1, Data), EncoderJson.Default.OutOfFoldConfig),
        [
            new("bars", ArtifactTensor.Of([.. Bars.Select(bar => (long)bar)], Bars.Length)),
            new("logits", ArtifactTensor.Of(Logits, Bars.Length, CnnLstmArchitecture.Outputs)),
        ]);

    /// <param name="artifact">The stored outputs.</param>
    /// <param name="data">Of the bars that the reader works on.</param>
    /// <exception cref="ArtifactFormatException">It is something else, damaged, or of other bars.</exception>
    public static OutOfFoldOutputs Load(ModelArtifact artifact, Digest data)
    {
        var config = Parse(artifact.OfKind(Kind).ConfigJson);
        if (config.Data != data)
        {
            throw new ArtifactFormatException(
                $"its outputs belong to bars {config.Data.Short} and the job's are {data.Short}; "
                + "train the encoder on these bars");
        }

        if (!artifact.Tensors.TryGetValue("bars", out var bars) || bars.Shape is not [var count])
        {
            throw new ArtifactFormatException("it has no list of bars");
        }

        ImmutableArray<int> indices = [.. bars.Longs().Select(bar => checked((int)bar))];
        for (var i = 1; i < indices.Length; i++)
        {
            if (indices[i] <= indices[i - 1])
            {
                throw new ArtifactFormatException(
                    $"its bar {indices[i]} follows bar {indices[i - 1]}; bars must ascend");
            }
        }

        var logits = artifact.Tensor("logits", "F32", count, CnnLstmArchitecture.Outputs).Floats();
        return new OutOfFoldOutputs(indices, logits, config.Data);
    }

    private static OutOfFoldConfig Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EncoderJson.Default.OutOfFoldConfig)
                ?? throw new ArtifactFormatException("its configuration is null");
        }
        catch (JsonException e)
        {
            throw new ArtifactFormatException("its configuration cannot be read: " + e.Message, e);
        }
    }
}

/// <summary>What out-of-fold outputs say besides their numbers.</summary>
internal sealed record OutOfFoldConfig(int FormatVersion, Digest Data);

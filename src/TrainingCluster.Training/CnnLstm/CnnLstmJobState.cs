using System.Text.Json;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The encoder's job between two steps, whole: where it stands, what is done, and the running learner.
/// </summary>
internal sealed record CnnLstmJobState
{
    private const string Kind = "cnn_lstm.checkpoint";

    public required CnnLstmJobCursor Cursor { get; init; }

    /// <summary>The encoder's weights; empty until its fit is done.</summary>
    public required float[] FinalWeights { get; init; }

    /// <summary>[train bar, 4]; zero for folds that are not done.</summary>
    public required float[] OutOfFold { get; init; }

    /// <summary>Null between two phases.</summary>
    public required CnnLstmLearnerState? Learner { get; init; }

    public static CnnLstmJobState Start(int trainBars) => new()
    {
        Cursor = new CnnLstmJobCursor
        {
            Step = 0,
            Phase = 0,
            Epochs = 0,
            Learner = null,
            Curves = [],
            Events = [],
        },
        FinalWeights = [],
        OutOfFold = new float[trainBars * CnnLstmArchitecture.Outputs],
        Learner = null,
    };

    public byte[] ToBytes()
    {
        var cursor = Cursor with { Learner = Learner?.Cursor };
        return new ModelArtifact(
            Kind,
            JsonSerializer.Serialize(cursor, EncoderJson.Default.CnnLstmJobCursor),
            [
                new("final", ArtifactTensor.Of(FinalWeights, FinalWeights.Length)),
                new("oof", ArtifactTensor.Of(OutOfFold, OutOfFold.Length)),
                .. Learner?.ToTensors("learner.") ?? [],
            ]).ToBytes();
    }

    /// <exception cref="ArtifactFormatException">The bytes are no such state.</exception>
    public static CnnLstmJobState Parse(ReadOnlyMemory<byte> bytes)
    {
        var artifact = ModelArtifact.Parse(bytes).OfKind(Kind);
        var cursor = JsonSerializer.Deserialize(artifact.ConfigJson, EncoderJson.Default.CnnLstmJobCursor)
            ?? throw new ArtifactFormatException("its cursor is null");
        return new CnnLstmJobState
        {
            Cursor = cursor,
            FinalWeights = artifact.Tensors["final"].Floats(),
            OutOfFold = artifact.Tensors["oof"].Floats(),
            Learner = cursor.Learner is null
                ? null
                : CnnLstmLearnerState.FromTensors(artifact, "learner.", cursor.Learner),
        };
    }
}

/// <summary>The part of the state that is not arrays.</summary>
internal sealed record CnnLstmJobCursor
{
    /// <summary>Steps done in all phases.</summary>
    public required long Step { get; init; }

    /// <summary>0 while the encoder is fitted, then the fold in work counted from 1.</summary>
    public required int Phase { get; init; }

    /// <summary>Epochs of the encoder's best weights; each fold trains as many.</summary>
    public required int Epochs { get; init; }

    public required CnnLstmCursor? Learner { get; init; }

    public required ImmutableArray<TrainingCurve> Curves { get; init; }

    public required ImmutableArray<TrainingEvent> Events { get; init; }
}

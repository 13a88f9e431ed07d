using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The learner between two steps, whole: training n + m steps equals training n, saving, loading and training
/// m.
/// </summary>
internal sealed record CnnLstmLearnerState
{
    public required float[] Weights { get; init; }

    public required FlatAdamState Adam { get; init; }

    /// <summary>Weights of the best epoch so far; those of the start before the first epoch ends.</summary>
    public required float[] BestWeights { get; init; }

    /// <summary>The order of the samples in the running epoch, as indices into them.</summary>
    public required int[] Order { get; init; }

    public required CnnLstmCursor Cursor { get; init; }

    /// <summary>The arrays, each name behind the prefix.</summary>
    public IEnumerable<KeyValuePair<string, ArtifactTensor>> ToTensors(string prefix) =>
    [
        new(prefix + "weights", ArtifactTensor.Of(Weights, Weights.Length)),
        new(prefix + "best", ArtifactTensor.Of(BestWeights, BestWeights.Length)),
        new(prefix + "adam.m", ArtifactTensor.Of(Adam.M, Adam.M.Length)),
        new(prefix + "adam.v", ArtifactTensor.Of(Adam.V, Adam.V.Length)),
        new(prefix + "order", ArtifactTensor.Of([.. Order.Select(i => (long)i)], Order.Length)),
    ];

    public static CnnLstmLearnerState FromTensors(
        ModelArtifact artifact, string prefix, CnnLstmCursor cursor) => new()
        {
            Weights = artifact.Tensors[prefix + "weights"].Floats(),
            BestWeights = artifact.Tensors[prefix + "best"].Floats(),
            Adam = new FlatAdamState(
            artifact.Tensors[prefix + "adam.m"].Floats(),
            artifact.Tensors[prefix + "adam.v"].Floats(),
            cursor.AdamSteps),
            Order = [.. artifact.Tensors[prefix + "order"].Longs().Select(i => (int)i)],
            Cursor = cursor,
        };
}

/// <summary>The part of the state that is not arrays.</summary>
internal sealed record CnnLstmCursor
{
    /// <summary>Epochs that are done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of the running epoch that are done.</summary>
    public required int Batch { get; init; }

    public required long AdamSteps { get; init; }

    /// <summary>The stream that shuffles the next epoch.</summary>
    public required RandomStreamState Shuffle { get; init; }

    /// <summary>Sum over the running epoch of each batch's loss times its samples.</summary>
    public required double LossSum { get; init; }

    /// <summary>Samples in <see cref="LossSum"/>.</summary>
    public required long LossSamples { get; init; }

    /// <summary>Largest gradient norm of the running epoch, before clipping.</summary>
    public required double LargestGradientNorm { get; init; }

    public required EarlyStopping Stopping { get; init; }

    /// <summary>The rate that follows the pace of the loss.</summary>
    public AdaptiveRate? Pace { get; init; }

    /// <summary>Windows that went through the network at once; less than asked for where memory was short.
    /// </summary>
    public int? LargestPass { get; init; }

    public required ImmutableArray<CnnLstmEpoch> History { get; init; }
}

/// <summary>What one epoch did.</summary>
/// <param name="Step">The job's step after it.</param>
/// <param name="Loss">Mean training loss over the epoch's batches.</param>
/// <param name="ValidationLoss">NaN where there is no validation set.</param>
/// <param name="ValidationAccuracy">Of the next-bar logit; NaN where there is no validation set.</param>
/// <param name="LearningRate">Before any recovery's factor.</param>
/// <param name="GradientNorm">The largest before clipping.</param>
internal sealed record CnnLstmEpoch(
    long Step,
    double Loss,
    double ValidationLoss,
    double ValidationAccuracy,
    double LearningRate,
    double GradientNorm);

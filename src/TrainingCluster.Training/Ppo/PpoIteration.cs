namespace TrainingCluster.Training.Ppo;

/// <summary>One iteration in numbers.</summary>
/// <param name="Iteration">Counted from 1.</param>
/// <param name="Steps">Steps over all episodes so far.</param>
/// <param name="ExplainedVariance">Of the returns by the critic's values before the updates.</param>
/// <param name="LearningRate">That the schedule set for it.</param>
public sealed record PpoIteration(
    int Iteration, long Steps, RolloutStatistics Rollout, PpoUpdateTerms Update, double ExplainedVariance,
    double LearningRate);

/// <summary>Sums over the minibatches of an iteration, and the first of them.</summary>
public sealed record PpoUpdateTerms
{
    public int MiniBatches { get; init; }

    /// <summary>max |ratio − 1| of the first minibatch: 0, because nothing has changed yet.</summary>
    public double FirstRatioDistance { get; init; }

    public double Loss { get; init; }

    public double ValueError { get; init; }

    public double Entropy { get; init; }

    public double ApproximateKl { get; init; }

    public double ClipFraction { get; init; }

    public double AnchorKl { get; init; }

    public PpoUpdateTerms Plus(PpoLossTerms terms) => new()
    {
        MiniBatches = MiniBatches + 1,
        FirstRatioDistance = MiniBatches == 0 ? terms.Surrogate.LargestRatioDistance : FirstRatioDistance,
        Loss = Loss + terms.Total,
        ValueError = ValueError + terms.ValueError,
        Entropy = Entropy + terms.Entropy,
        ApproximateKl = ApproximateKl + terms.Surrogate.ApproximateKl,
        ClipFraction = ClipFraction + terms.Surrogate.ClipFraction,
        AnchorKl = AnchorKl + terms.AnchorKl,
    };

    /// <summary>A sum as the mean of a minibatch.</summary>
    public double Mean(double sum) => sum / Math.Max(1, MiniBatches);
}

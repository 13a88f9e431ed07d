namespace TrainingCluster.Training.Supervised;

/// <summary>Watches a validation loss for as long as it falls.</summary>
/// <param name="BestLoss">The lowest so far; positive infinity before the first.</param>
/// <param name="BestEpoch">Epochs that were done when it was reached; 0 before the first.</param>
/// <param name="Waited">Epochs since then.</param>
internal sealed record EarlyStopping(double BestLoss, int BestEpoch, int Waited)
{
    public static EarlyStopping Start { get; } = new(double.PositiveInfinity, 0, 0);

    /// <summary>Takes in the loss of an epoch.</summary>
    /// <param name="epochsDone">At least 1.</param>
    /// <param name="loss">A loss that is not finite counts as no improvement.</param>
    /// <param name="minimumImprovement">A smaller fall is no improvement.</param>
    public EarlyStopping After(int epochsDone, double loss, double minimumImprovement) =>
        loss < BestLoss - minimumImprovement || (double.IsPositiveInfinity(BestLoss) && double.IsFinite(loss))
            ? new EarlyStopping(loss, epochsDone, 0)
            : this with { Waited = Waited + 1 };

    /// <summary>True for the state right after an improvement.</summary>
    public bool Improved => Waited == 0 && BestEpoch > 0;

    public bool Stops(int patience) => Waited >= patience;
}

namespace TrainingCluster.Features.Weights;

/// <summary>Weights that trust the recent past more than the distant one.</summary>
public static class RecencyWeights
{
    /// <param name="count">How many samples, oldest first.</param>
    /// <param name="oldest">The weight of the oldest before normalising, above 0.</param>
    /// <param name="newest">The weight of the newest before normalising, above 0.</param>
    /// <returns>Linear from oldest to newest, with mean 1.</returns>
    public static float[] Linear(int count, double oldest = .5, double newest = 1.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!(oldest > 0 && newest > 0 && double.IsFinite(oldest + newest)))
        {
            throw new ArgumentException(
                $"the weights run from {oldest} to {newest}; both must be above 0 and finite");
        }

        var mean = (oldest + newest) / 2;
        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            var share = count == 1 ? .5 : (double)i / (count - 1);
            weights[i] = (float)((oldest + share * (newest - oldest)) / mean);
        }

        return weights;
    }
}

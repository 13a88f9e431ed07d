using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Supervised;

/// <summary>The order in which an epoch sees its samples.</summary>
internal static class SampleOrder
{
    /// <summary>
    /// As many draws with replacement as there are samples, each in proportion to its weight: what counts more
    /// in the loss is seen more often instead.
    /// </summary>
    /// <param name="weights">Not negative, not all zero.</param>
    public static void Weighted(RandomStream stream, ReadOnlySpan<float> weights, Span<int> order)
    {
        var sums = new double[weights.Length];
        double sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sums[i] = sum += weights[i];
        }

        for (var i = 0; i < order.Length; i++)
        {
            // The first sum above the draw: a sample of weight zero has none of its own.
            var (low, high, drawn) = (0, sums.Length - 1, stream.NextDouble() * sum);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sums[middle] > drawn)
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            order[i] = low;
        }
    }
}

namespace TrainingCluster.Features.Weights;

/// <summary>
/// How much of a label is its own: the mean over its span of 1 / (labels at that time), in time rather than in bars,
/// so that timeframes can be mixed (López de Prado 2018, "Advances in Financial Machine Learning", sections 4.3 and
/// 4.4).
/// </summary>
public static class SampleUniqueness
{
    /// <summary>One a label, in (0, 1]; 1 where no other label of its group overlaps.</summary>
    /// <exception cref="ArgumentException">A span ends before it starts.</exception>
    public static double[] Of(IReadOnlyList<LabelSpan> spans)
    {
        var result = new double[spans.Count];
        foreach (var group in Enumerable.Range(0, spans.Count).GroupBy(i => spans[i].Group, StringComparer.Ordinal))
        {
            OfGroup(spans, [.. group], result);
        }

        return result;
    }

    /// <summary>Uniqueness × recency, with mean 1.</summary>
    /// <param name="uniqueness">One a sample, above 0.</param>
    /// <param name="recency">One a sample, above 0.</param>
    public static float[] Weights(ReadOnlySpan<double> uniqueness, ReadOnlySpan<float> recency)
    {
        if (uniqueness.Length != recency.Length)
        {
            throw new ArgumentException(
                $"there are {uniqueness.Length} and {recency.Length} weights; each sample needs both");
        }

        var products = new double[uniqueness.Length];
        var sum = 0.0;
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = uniqueness[i] * recency[i];
            sum += products[i];
        }

        return [.. products.Select(product => (float)(product * products.Length / sum))];
    }

    /// <summary>Between two neighbouring edges the number of labels is constant.</summary>
    private static void OfGroup(IReadOnlyList<LabelSpan> spans, int[] members, double[] result)
    {
        foreach (var i in members)
        {
            if (spans[i].End < spans[i].Start)
            {
                throw new ArgumentException(
                    $"label {i} ends at {spans[i].End}, before it starts at {spans[i].Start}", nameof(spans));
            }
        }

        // A label of a moment still takes the moment up.
        long End(int i) => Math.Max(spans[i].End, spans[i].Start + 1);
        long[] edges = [.. members.SelectMany(i => new[] { spans[i].Start, End(i) }).Distinct().Order()];
        var change = new int[edges.Length];
        foreach (var i in members)
        {
            change[Array.BinarySearch(edges, spans[i].Start)]++;
            change[Array.BinarySearch(edges, End(i))]--;
        }

        var own = new double[edges.Length];
        var labels = 0;
        for (var edge = 0; edge + 1 < edges.Length; edge++)
        {
            labels += change[edge];
            own[edge + 1] = own[edge] + (labels > 0 ? (double)(edges[edge + 1] - edges[edge]) / labels : 0);
        }

        foreach (var i in members)
        {
            var (start, end) = (Array.BinarySearch(edges, spans[i].Start), Array.BinarySearch(edges, End(i)));
            result[i] = Math.Min(1, (own[end] - own[start]) / (End(i) - spans[i].Start));
        }
    }
}

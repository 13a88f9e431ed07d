namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>
/// Thins a long line to about as many points as the chart is wide, keeping the first, last, lowest and highest
/// point of each bucket, so that a spike of one step stays visible.
/// </summary>
internal static class Buckets
{
    public static List<int> Thin(ReadOnlySpan<double> values, int buckets)
    {
        var kept = new List<int>(Math.Min(values.Length, buckets * 4));
        if (values.Length <= buckets * 2)
        {
            for (var i = 0; i < values.Length; i++)
            {
                kept.Add(i);
            }

            return kept;
        }

        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var start = (int)((long)values.Length * bucket / buckets);
            var end = (int)((long)values.Length * (bucket + 1) / buckets);
            AddExtremes(values, start, end, kept);
        }

        return kept;
    }

    private static void AddExtremes(ReadOnlySpan<double> values, int start, int end, List<int> kept)
    {
        int lowest = start, highest = start;
        for (var i = start + 1; i < end; i++)
        {
            if (values[i] < values[lowest] || double.IsNaN(values[lowest]))
            {
                lowest = i;
            }

            if (values[i] > values[highest] || double.IsNaN(values[highest]))
            {
                highest = i;
            }
        }

        Span<int> points = [start, Math.Min(lowest, highest), Math.Max(lowest, highest), end - 1];
        foreach (var point in points)
        {
            if (kept.Count == 0 || kept[^1] < point)
            {
                kept.Add(point);
            }
        }
    }
}

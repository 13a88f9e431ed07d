namespace TrainingCluster.Training.Ensembles;

/// <summary>
/// How little the members of an ensemble move together: 1 − mean |correlation| of the returns of each pair.
/// 1 is unrelated, 0 the same (or exactly opposite) trades. A member that never trades is unrelated to all.
/// </summary>
internal static class Diversity
{
    /// <returns>Null with fewer than two members.</returns>
    public static double? Of(ImmutableArray<ImmutableArray<double>> returns)
    {
        if (returns.Length < 2)
        {
            return null;
        }

        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < returns.Length; i++)
        {
            for (var j = i + 1; j < returns.Length; j++)
            {
                sum += Math.Abs(Correlation(returns[i].AsSpan(), returns[j].AsSpan()));
                pairs++;
            }
        }

        return 1 - sum / pairs;
    }

    /// <summary>Pearson's; 0 where one of the two does not vary.</summary>
    private static double Correlation(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double leftMean = 0, rightMean = 0;
        for (var t = 0; t < left.Length; t++)
        {
            leftMean += left[t] / left.Length;
            rightMean += right[t] / left.Length;
        }

        double both = 0, leftSquares = 0, rightSquares = 0;
        for (var t = 0; t < left.Length; t++)
        {
            var (x, y) = (left[t] - leftMean, right[t] - rightMean);
            both += x * y;
            leftSquares += x * x;
            rightSquares += y * y;
        }

        var scale = Math.Sqrt(leftSquares * rightSquares);
        return scale == 0 ? 0 : both / scale;
    }
}

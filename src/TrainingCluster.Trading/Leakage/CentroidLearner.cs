using TrainingCluster.Features.Scaling;

namespace TrainingCluster.Trading.Leakage;

/// <summary>The nearest of two means: no settings, no randomness, and quick to be wrong.</summary>
internal static class CentroidLearner
{
    /// <returns>A row is up where its score exceeds the threshold; all zero without rows of both kinds.</returns>
    public static (double[] Weights, double Threshold) Fit(FeatureMatrix matrix, int[] rows, PipelineLabels labels)
    {
        var (up, down) = (new double[matrix.Columns], new double[matrix.Columns]);
        var (ups, downs) = (0, 0);
        foreach (var row in rows)
        {
            var isUp = labels.Up[row] > 0;
            var sums = isUp ? up : down;
            (ups, downs) = isUp ? (ups + 1, downs) : (ups, downs + 1);
            var values = matrix.Row(row);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += values[i];
            }
        }

        var (weights, threshold) = (new double[matrix.Columns], 0.0);
        for (var i = 0; ups > 0 && downs > 0 && i < weights.Length; i++)
        {
            weights[i] = up[i] / ups - down[i] / downs;
            threshold += weights[i] * (up[i] / ups + down[i] / downs) / 2;
        }

        return (weights, threshold);
    }

    public static double Score(ReadOnlySpan<float> row, double[] weights)
    {
        var score = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            score += weights[i] * row[i];
        }

        return score;
    }
}

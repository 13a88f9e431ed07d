using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>The defined values of a window in order.</summary>
internal sealed class OrderStatistics(double[] sorted)
{
    public static OrderStatistics Of(double[] column, IndexRange window)
    {
        double[] values = [.. column[window.Start..window.End].Where(value => !double.IsNaN(value)).Order()];
        return new OrderStatistics(values);
    }

    public bool IsEmpty => sorted.Length == 0;

    /// <summary>Between order statistics linearly (Hyndman, Fan 1996, type 7); NaN without values.</summary>
    public double Quantile(double probability)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    public double Mean => sorted.Average();

    /// <summary>Of the values themselves, divided by their number.</summary>
    public double Deviation
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / sorted.Length);
        }
    }
}

using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Indicators;

/// <summary>Whole columns at once.</summary>
public static class ValueColumns
{
    /// <summary>One value a bar. NaN in front of the values delays the start.</summary>
    public static double[] Compute(this IValueIndicator indicator, ReadOnlySpan<double> values)
    {
        var result = new double[values.Length];
        var first = Leading.Undefined(values);
        result.AsSpan(0, first).Fill(double.NaN);
        for (var t = first; t < values.Length; t++)
        {
            result[t] = indicator.Next(values[t]);
        }

        return result;
    }
}

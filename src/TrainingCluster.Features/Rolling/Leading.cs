namespace TrainingCluster.Features.Rolling;

/// <summary>The part of a column in which it is not yet defined.</summary>
internal static class Leading
{
    /// <summary>How many NaN stand in front.</summary>
    public static int Undefined(ReadOnlySpan<double> values)
    {
        var first = 0;
        while (first < values.Length && double.IsNaN(values[first]))
        {
            first++;
        }

        return first;
    }
}

namespace TrainingCluster.Features.Splits;

/// <summary>How many bars after held ones must not be trained on.</summary>
public static class Embargo
{
    /// <summary>
    /// Window + longest lookback: the first training bar after it has a window whose oldest feature still looks at
    /// no held bar.
    /// </summary>
    /// <param name="windowBars">Bars of a model's window, at least 1.</param>
    /// <param name="longestLookback">Bars that the slowest feature looks back, such as its warm-up; at least
    /// 0.</param>
    public static int Bars(int windowBars, int longestLookback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBars, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(longestLookback);
        return checked(windowBars + longestLookback);
    }
}

namespace TrainingCluster.Features.Splits;

/// <summary>There are fewer bars than a split needs.</summary>
public sealed class InsufficientDataException(int bars, int needed, string why)
    : Exception(
        $"There are {bars} bars, but at least {needed} are needed: {why}. "
        + "Give more bars, or shorten the window.")
{
    public int Bars { get; } = bars;

    /// <summary>The fewest bars that would do.</summary>
    public int Needed { get; } = needed;
}

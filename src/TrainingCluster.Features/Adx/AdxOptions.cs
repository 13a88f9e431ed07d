namespace TrainingCluster.Features.Adx;

/// <param name="Period">Bars, at least 2.</param>
public sealed record AdxOptions(int Period = 14)
{
    /// <summary>The first bar at which the index is defined.</summary>
    public int WarmUp => 2 * Period - 1;
}

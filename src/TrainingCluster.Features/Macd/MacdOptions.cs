namespace TrainingCluster.Features.Macd;

/// <param name="Fast">Bars of the fast average, at least 1.</param>
/// <param name="Slow">Bars of the slow average, more than <paramref name="Fast"/>.</param>
/// <param name="Signal">Bars of the average over the line, at least 1.</param>
/// <param name="Seeding">How the averages begin.</param>
public sealed record MacdOptions(
    int Fast = 12, int Slow = 26, int Signal = 9, MacdSeeding Seeding = MacdSeeding.Own)
{
    /// <summary>The first bar at which the signal, and so the histogram, is defined.</summary>
    public int WarmUp => Slow + Signal - 2;
}

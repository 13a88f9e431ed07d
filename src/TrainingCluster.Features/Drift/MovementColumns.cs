using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Drift;

/// <summary>
/// How bars move, as columns to compare: prices wander by nature; their moves, ranges and volumes are what a model
/// relies on.
/// </summary>
public static class MovementColumns
{
    /// <summary>
    /// <c>log_return</c> (close to close), <c>log_range</c> (high over low), <c>volume_change</c> (log), then every
    /// further column of the source; one value a bar, NaN where there is none before.
    /// </summary>
    public static IReadOnlyList<(string Name, double[] Values)> Of(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var (moves, ranges, volumes) = (new double[bars.Count], new double[bars.Count], new double[bars.Count]);
        for (var t = 0; t < bars.Count; t++)
        {
            ranges[t] = Math.Log(bars.High[t] / bars.Low[t]);
            moves[t] = t == 0 ? double.NaN : Math.Log(bars.Close[t] / bars.Close[t - 1]);
            volumes[t] = t == 0 ? double.NaN : Math.Log(bars.Volume[t] / bars.Volume[t - 1]);
        }

        return
        [
            ("log_return", moves), ("log_range", ranges), ("volume_change", volumes),
            .. bars.Extra.Select(column => (column.Name, column.Values.ToArray())),
        ];
    }
}

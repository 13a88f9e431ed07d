using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Baselines;

/// <summary>Never in the market: what doing nothing earns.</summary>
public static class Flat
{
    /// <summary>One position a bar.</summary>
    public static double[] Positions(BarSeries bars) => new double[bars.Count];
}

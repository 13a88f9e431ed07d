using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Baselines;

/// <summary>Fully long on every bar.</summary>
public static class BuyAndHold
{
    /// <summary>One position a bar.</summary>
    public static double[] Positions(BarSeries bars)
    {
        var positions = new double[bars.Count];
        Array.Fill(positions, 1);
        return positions;
    }
}

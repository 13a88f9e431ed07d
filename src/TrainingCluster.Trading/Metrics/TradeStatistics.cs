namespace TrainingCluster.Trading.Metrics;

/// <summary>
/// Wins and losses of a list of trades. A trade that neither won nor lost counts, but not as a win.
/// </summary>
/// <param name="Count">All trades.</param>
/// <param name="Wins">Those with a net return above zero.</param>
/// <param name="GrossProfit">Sum of the net returns above zero.</param>
/// <param name="GrossLoss">Sum of the net returns below zero, as a positive number.</param>
public readonly record struct TradeStatistics(int Count, int Wins, double GrossProfit, double GrossLoss)
{
    /// <summary>In [0, 1]; null without trades.</summary>
    public double? WinRate => Count > 0 ? (double)Wins / Count : null;

    /// <summary>Gross profit / gross loss; null where nothing was lost.</summary>
    public double? ProfitFactor => GrossLoss > 0 ? GrossProfit / GrossLoss : null;

    /// <summary>There are profits and no losses: the profit factor is plus infinity.</summary>
    public bool ProfitFactorIsInfinite => GrossLoss == 0 && GrossProfit > 0;

    /// <summary>With one more trade.</summary>
    public TradeStatistics With(double netReturn) => new(
        Count + 1,
        netReturn > 0 ? Wins + 1 : Wins,
        GrossProfit + Math.Max(0, netReturn),
        GrossLoss + Math.Max(0, -netReturn));
}

namespace TrainingCluster.Trading.Simulation;

/// <summary>
/// What becomes of a limit order that lives for one bar; for accounts and learning environments alike.
/// </summary>
public static class LimitFill
{
    /// <summary>
    /// The price of a fill: a purchase is filled only if the bar's low lies below the limit, a sale only if its high
    /// lies above, at the better of the limit and what a market order gets at the open.
    /// </summary>
    /// <param name="side">Above 0 buys, below 0 sells.</param>
    /// <param name="taken">What a market order pays or gets at the open; the open itself without costs.</param>
    /// <param name="price">The price; NaN where there is no fill.</param>
    public static bool TryPrice(double side, double limit, double taken, double low, double high, out double price)
    {
        var through = side > 0 ? low < limit : high > limit;
        price = !through ? double.NaN : side > 0 ? Math.Min(taken, limit) : Math.Max(taken, limit);
        return through;
    }
}

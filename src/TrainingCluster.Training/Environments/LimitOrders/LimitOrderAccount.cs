namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>What an agent has; equity is counted in units of the episode's first one.</summary>
/// <param name="Cash">Below 0 while more is held than was paid for.</param>
/// <param name="Lots">Held, below 0 for short; a fraction after a fill in part.</param>
/// <param name="LotUnits">Units of the market in one lot, for an equity of 1.</param>
/// <param name="EntryPrice">Mean price of what is held; 0 while flat.</param>
/// <param name="Equity">Valued at the last close.</param>
public readonly record struct LimitOrderAccount(
    double Cash, double Lots, double LotUnits, double EntryPrice, double Equity)
{
    /// <summary>Flat with an equity of 1.</summary>
    /// <param name="firstClose">Close of the bar of the first decision.</param>
    public static LimitOrderAccount Open(double lotRatio, double firstClose) =>
        new(1, 0, lotRatio / firstClose, 0, 1);

    /// <summary>Valued at a price.</summary>
    internal LimitOrderAccount MarkedAt(double price) =>
        this with { Equity = Cash + Lots * LotUnits * price };

    /// <summary>After a trade at a price, the fee paid out of the cash.</summary>
    /// <param name="lots">Bought; below 0 sold.</param>
    internal LimitOrderAccount Traded(double lots, double price, double costRatio)
    {
        var value = lots * LotUnits * price;
        var held = Lots + lots;
        var entry = held == 0 ? 0
            : Math.Sign(held) != Math.Sign(Lots) ? price
            : Math.Abs(held) <= Math.Abs(Lots) ? EntryPrice
            : (Lots * EntryPrice + lots * price) / held;
        return this with { Cash = Cash - value - Math.Abs(value) * costRatio, Lots = held, EntryPrice = entry };
    }
}

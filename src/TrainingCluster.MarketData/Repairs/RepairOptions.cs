namespace TrainingCluster.MarketData.Repairs;

/// <summary>How far a repair may go.</summary>
public sealed record RepairOptions
{
    /// <summary>
    /// Gaps of up to as many bars within a day are filled with the close before, without volume; 0 fills none. Gaps
    /// between days are holidays more often than holes and are never filled.
    /// </summary>
    public int LargestFilledGap { get; init; } = 3;

    /// <summary>Closes that leap by more robust deviations and come back with the next bar are bad ticks.</summary>
    public double BadTickDeviations { get; init; } = 20;

    /// <summary>Share of the price by which open or close may lie outside low and high and is pulled in.</summary>
    public double RangeTolerance { get; init; } = 0.005;
}

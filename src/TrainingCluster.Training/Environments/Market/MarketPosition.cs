namespace TrainingCluster.Training.Environments.Market;

/// <summary>What an agent holds.</summary>
/// <param name="Held">Share of equity, −1 to 1; below 0 is short.</param>
/// <param name="EntryPrice">Mean fill price of what is held; 0 while flat.</param>
/// <param name="BarsHeld">Decisions since the entry; 0 while flat.</param>
/// <param name="Equity">Of the episode, 1 at its start.</param>
public readonly record struct MarketPosition(double Held, double EntryPrice, int BarsHeld, double Equity)
{
    public static MarketPosition Flat { get; } = new(0, 0, 0, 1);
}

namespace TrainingCluster.MarketData.Adjustments;

/// <summary>What happened to a share between two bars.</summary>
/// <param name="From">Unix milliseconds; bars from here on already show it.</param>
/// <param name="SharesPerOld">Shares after for each one before: 2 for a two-for-one split, 1 for none.</param>
/// <param name="Dividend">Cash a share paid, in the prices before the split; 0 for none.</param>
public sealed record PriceFactor(long From, double SharesPerOld = 1, double Dividend = 0);

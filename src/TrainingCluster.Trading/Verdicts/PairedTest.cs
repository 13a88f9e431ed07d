using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>Whether the chosen competitor's Sharpe ratio differs from another's on the same bars.</summary>
/// <param name="Other">Whom it is compared with.</param>
/// <param name="Difference">Chosen less other, per bar, by Ledoit and Wolf 2008.</param>
/// <param name="Adjusted">The p-value after Holm 1979 over all pairs that could be tested; null where this one could
/// not.</param>
public sealed record PairedTest(string Other, Computed<SharpeDifference> Difference, double? Adjusted);

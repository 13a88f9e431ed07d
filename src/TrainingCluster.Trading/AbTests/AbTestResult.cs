using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Trading.AbTests;

/// <summary>What an always-valid comparison says after some pairs.</summary>
/// <param name="Verdict">Follows from the interval and the margin.</param>
/// <param name="Pairs">Bars compared.</param>
/// <param name="Mean">Mean of challenger less champion, per bar.</param>
/// <param name="Low">Lower bound of that mean at all times; null during burn-in or without variance.</param>
/// <param name="High">Upper bound of it.</param>
/// <param name="PValue">Of "both are equal", valid at every look.</param>
/// <param name="Voided">Why the test has no result, or null.</param>
/// <param name="Plan">Digest of what was fixed before the start.</param>
public sealed record AbTestResult(
    AbVerdict Verdict, long Pairs, double Mean, double? Low, double? High, double PValue, string? Voided,
    Digest Plan);

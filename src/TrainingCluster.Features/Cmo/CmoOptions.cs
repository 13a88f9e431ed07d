using TrainingCluster.Features.Rsi;

namespace TrainingCluster.Features.Cmo;

/// <param name="Period">Bars, at least 1.</param>
/// <param name="Start">Where it begins.</param>
public sealed record CmoOptions(int Period = 14, RsiStart Start = RsiStart.Wilder);

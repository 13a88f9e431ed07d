namespace TrainingCluster.Features.Rsi;

/// <param name="Period">Bars, at least 1.</param>
/// <param name="Start">Where it begins.</param>
public sealed record RsiOptions(int Period = 14, RsiStart Start = RsiStart.Wilder);

using TrainingCluster.Features.Ema;

namespace TrainingCluster.Features.Dema;

/// <param name="Period">Bars of each average, at least 1.</param>
/// <param name="Seed">What each average begins with.</param>
/// <param name="Skip">
/// Values of the first average that are left out before the second begins; TA-Lib calls it the unstable
/// period. At least 0.
/// </param>
public sealed record DemaOptions(int Period = 20, EmaSeed Seed = EmaSeed.Mean, int Skip = 0);

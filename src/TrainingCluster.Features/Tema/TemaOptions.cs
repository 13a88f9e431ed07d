using TrainingCluster.Features.Ema;

namespace TrainingCluster.Features.Tema;

/// <param name="Period">Bars of each average, at least 1.</param>
/// <param name="Seed">What each average begins with.</param>
public sealed record TemaOptions(int Period = 20, EmaSeed Seed = EmaSeed.Mean);

namespace TrainingCluster.Features.Ema;

/// <param name="Period">Bars; the weight of the newest value is 2 / (period + 1). At least 1.</param>
/// <param name="Seed">What it begins with.</param>
public sealed record EmaOptions(int Period = 20, EmaSeed Seed = EmaSeed.Mean);

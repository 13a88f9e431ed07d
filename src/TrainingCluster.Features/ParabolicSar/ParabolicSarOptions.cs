namespace TrainingCluster.Features.ParabolicSar;

/// <param name="Step">How much the acceleration grows with each new extreme, above 0.</param>
/// <param name="Maximum">Where it ends, at least <paramref name="Step"/>.</param>
public sealed record ParabolicSarOptions(double Step = 0.02, double Maximum = 0.2);

using TrainingCluster.Trading.Metrics;

namespace TrainingCluster.Training.Jobs;

/// <summary>What a track of positions earned under one fill rule, net of costs.</summary>
/// <param name="Returns">Net simple return of each decision bar of the window.</param>
/// <param name="Metrics">Of these returns.</param>
public sealed record FillOutcome(ImmutableArray<double> Returns, PerformanceMetrics Metrics);

using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Preparation;

/// <summary>A strategy of a run.</summary>
/// <param name="Name">What jobs and models are called by; of a rule with settings of its own more than the rule's
/// name.</param>
/// <param name="Rule">What it does.</param>
/// <param name="Definition">Its text in the run's definitions; null for one of the catalog.</param>
internal sealed record NamedRule(string Name, IStrategyRule Rule, string? Definition = null);

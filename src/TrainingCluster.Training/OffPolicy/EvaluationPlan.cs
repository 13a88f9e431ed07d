using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>When a policy is judged during its training, and by what; the best one is kept.</summary>
/// <param name="EverySteps">Steps over all episodes between two looks; the end of the training always
/// looks.</param>
/// <param name="Score">Judges a greedy policy; it must not touch the training's environment. Higher is
/// better.</param>
public sealed record EvaluationPlan(long EverySteps, Func<IGreedyPolicy, double> Score)
{
    /// <summary>Mean return of first episodes, one of each episode of a fresh environment.</summary>
    /// <param name="environment">Makes the environment anew for every look, so that all looks are at the
    /// same starts.</param>
    public static EvaluationPlan MeanReturn(long everySteps, Func<IEpisodeVector> environment) =>
        new(everySteps, policy => EpisodeEvaluation.Returns(policy, environment()).Average());
}

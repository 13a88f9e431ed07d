using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// A job as the run's journal remembers it: what the graph needs. The numbers of the learner are resolved
/// from the run's specification by whoever runs the job.
/// </summary>
/// <param name="Id">Such as <c>ppo/atr_breakout</c>.</param>
/// <param name="Strategy">Null for a job over all strategies.</param>
/// <param name="DependsOn">Ids of jobs of the same run.</param>
/// <param name="Timeout">Longest time of one attempt.</param>
public sealed record PlannedJob(
    string Id, Stage Stage, string? Strategy, ImmutableArray<string> DependsOn, TimeSpan Timeout)
{
    /// <summary>
    /// An ensemble makes do with the inputs that there are; every other job needs all of its own.
    /// </summary>
    public bool MakesDoWithFewerInputs => Stage == Stage.Ensemble;

    public static PlannedJob Of(JobSpec spec) =>
        new(spec.Id, spec.Stage, spec.Strategy, spec.DependsOn, spec.Timeout);
}

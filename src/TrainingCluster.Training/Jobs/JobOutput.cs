namespace TrainingCluster.Training.Jobs;

/// <summary>What a finished job hands over. Nothing of it is stored yet.</summary>
/// <param name="Files">The artifacts, "model" first.</param>
/// <param name="Metrics">Scores on bars that the learner never saw: accuracy, sharpe, reward_bps,
/// max_drawdown …</param>
/// <param name="Evaluation">The evidence behind the metrics; no part of any artifact's digest.</param>
public sealed record JobOutput(
    ImmutableArray<JobFile> Files,
    ImmutableSortedDictionary<string, double> Metrics,
    JobEvaluation Evaluation);

/// <summary>One artifact of a job.</summary>
/// <param name="Role">One of <see cref="FileRoles"/>.</param>
public sealed record JobFile(string Role, ReadOnlyMemory<byte> Content);

/// <summary>What a file is to the job that wrote it.</summary>
public static class FileRoles
{
    public const string Model = "model";

    /// <summary>Purged out-of-fold encoder outputs.</summary>
    public const string OutOfFold = "oof";

    /// <summary>The serialised <see cref="JobEvaluation"/>.</summary>
    public const string Evaluation = "evaluation";
}

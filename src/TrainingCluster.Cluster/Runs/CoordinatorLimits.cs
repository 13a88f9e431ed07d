using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cluster.Runs;

/// <summary>How much the coordinator takes in.</summary>
/// <param name="RetryBudget">Failed attempts that each job may repeat.</param>
/// <param name="RunsMax">Runs that have not ended.</param>
/// <param name="JobsMax">Jobs of such runs together.</param>
/// <param name="JobsPerRunMax">Jobs of one run.</param>
public sealed record CoordinatorLimits(int RetryBudget, int RunsMax, int JobsMax, int JobsPerRunMax)
{
    /// <summary>As <c>hocon/reference.conf</c> has them.</summary>
    public static CoordinatorLimits Default { get; } = new(2, 200, 20_000, 1_000);

    internal static CoordinatorLimits Of(TrainingOptions options) =>
        new(options.RetryBudget, options.RunsMax, options.JobsMax, options.JobsPerRunMax);
}

using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Jobs;

/// <summary>A file that a job reads: an output of an earlier job or version.</summary>
/// <param name="Role">One of <see cref="InputRoles"/>.</param>
/// <param name="JobId">The job that made it ("cnn_lstm/rsi_mean_reversion"), which is also its model's
/// name.</param>
/// <param name="VersionId">The registered version, where there is one.</param>
/// <param name="Digest">Of the content in the artifact store.</param>
public sealed record JobInput(string Role, string JobId, string? VersionId, Digest Digest);

/// <summary>What an input is to the job that reads it.</summary>
public static class InputRoles
{
    /// <summary>The encoder's weights.</summary>
    public const string Encoder = "encoder";

    /// <summary>An encoder of other bars whose weights a new one begins with.</summary>
    public const string Base = "base";

    /// <summary>The encoder's purged out-of-fold outputs over the training window.</summary>
    public const string OutOfFold = "oof";

    /// <summary>An agent's weights.</summary>
    public const string Policy = "policy";

    /// <summary>A hybrid's weights.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>
    /// The role that a file of a finished job plays in the jobs that depend on it, or null where none reads
    /// it.
    /// </summary>
    /// <param name="stage">Of the job that made the file.</param>
    /// <param name="fileRole">Of the file among that job's outputs: one of <see cref="FileRoles"/>.</param>
    public static string? Of(Stage stage, string fileRole) => (stage, fileRole) switch
    {
        (Stage.CnnLstm, FileRoles.Model) => Encoder,
        (Stage.CnnLstm, FileRoles.OutOfFold) => OutOfFold,
        (Stage.Agent, FileRoles.Model) => Policy,
        (Stage.Hybrid, FileRoles.Model) => Hybrid,
        _ => null,
    };
}

/// <summary>Everything that a job reads.</summary>
public sealed record JobRequest(
    JobSpec Spec,
    BarPanel Bars,
    ImmutableArray<JobInput> Inputs,
    IArtifactStore Artifacts,
    ICheckpointStore Checkpoints,
    RecoveryPlan Recovery);

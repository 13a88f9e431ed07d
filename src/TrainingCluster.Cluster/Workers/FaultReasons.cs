using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Features.Splits;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Workers;

/// <summary>What a worker's exception means for its job.</summary>
internal static class FaultReasons
{
    /// <returns>The reason, and whether another attempt may end otherwise: most faults are a function of the
    /// spec. </returns>
    public static (string Reason, bool IsWorthRepeating) Of(Exception fault) => fault switch
    {
        NumericalInstabilityException => (Reasons.NumericalInstability, false),
        ArtifactCorruptException or BarArtifactException => (Reasons.ArtifactCorrupt, false),
        ArtifactMissingException => (Reasons.ArtifactMissing, false),
        InsufficientDataException => (Reasons.InsufficientData, false),
        OutOfMemoryException => (Reasons.OutOfMemory, true),
        IOException or UnauthorizedAccessException => (Reasons.StorageFailed, true),
        _ => (Reasons.WorkerError, false),
    };
}

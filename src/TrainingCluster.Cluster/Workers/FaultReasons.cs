using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Workers.Processes;
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
        InsufficientDataException or WorkerDataException => (Reasons.InsufficientData, false),
        _ when IsOutOfMemory(fault) => (Reasons.OutOfMemory, true),
        WorkerCrashedException => (Reasons.WorkerCrashed, true),
        WorkerHungException => (Reasons.WorkerHung, true),
        IOException or UnauthorizedAccessException => (Reasons.StorageFailed, true),
        _ => (Reasons.WorkerError, false),
    };

    /// <summary>Managed memory, or libtorch's, which tells by its message only.</summary>
    public static bool IsOutOfMemory(Exception fault) => fault is OutOfMemoryException or InsufficientMemoryException
        || (fault is System.Runtime.InteropServices.ExternalException
            && (fault.Message.Contains("can't allocate memory", StringComparison.Ordinal)
                || fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
                || fault.Message.Contains("bad_alloc", StringComparison.Ordinal)));
}

using TrainingCluster.Features.Splits;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>A worker's process ended without a word: native code crashed, or somebody killed it.</summary>
public sealed class WorkerCrashedException(string detail) : Exception(detail);

/// <summary>A worker showed no sign of life, or did not obey, and its process was ended.</summary>
public sealed class WorkerHungException(string detail) : Exception(detail);

/// <summary>A learner's exception in another process, which is not known here by type.</summary>
public sealed class WorkerFaultException(string type, string detail) : Exception($"{type}: {detail}");

/// <summary>A learner's data do not suffice, as another process found.</summary>
public sealed class WorkerDataException(string detail) : Exception(detail);

/// <summary>Exceptions on their way from a worker's process to its node.</summary>
internal static class ChildFaults
{
    public static ChildFault Of(Exception fault) => fault switch
    {
        NumericalInstabilityException e => new ChildFault(ChildFault.Numerical, e.GetType().Name, e.Message)
        {
            Step = e.Step,
            Where = e.Where,
            Batch = e.Batch,
        },
        InsufficientDataException => new ChildFault(ChildFault.Data, fault.GetType().Name, fault.Message),
        _ when FaultReasons.IsOutOfMemory(fault) =>
            new ChildFault(ChildFault.Memory, fault.GetType().Name, fault.Message),
        _ => new ChildFault(ChildFault.Other, fault.GetType().Name, fault.Message),
    };

    public static Exception Of(ChildFault fault) => fault.Kind switch
    {
        ChildFault.Numerical => new NumericalInstabilityException(fault.Step, fault.Where ?? "a number", fault.Batch),
        ChildFault.Memory => new OutOfMemoryException(fault.Message),
        ChildFault.Data => new WorkerDataException(fault.Message),
        _ => new WorkerFaultException(fault.Type, fault.Message),
    };
}

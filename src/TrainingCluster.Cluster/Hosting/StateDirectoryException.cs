namespace TrainingCluster.Cluster.Hosting;

/// <summary>Why a state directory cannot be used.</summary>
public enum StateDirectoryProblem
{
    /// <summary>It is not there, and the caller only reads.</summary>
    Missing,

    /// <summary>It exists and is no state directory.</summary>
    Foreign,

    /// <summary>A newer program wrote it.</summary>
    Newer,

    Unwritable,

    /// <summary>Another process holds it.</summary>
    InUse,
}

/// <summary>A state directory cannot be used. The message names it, the rule and the next step.</summary>
public sealed class StateDirectoryException(StateDirectoryProblem problem, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StateDirectoryProblem Problem { get; } = problem;
}

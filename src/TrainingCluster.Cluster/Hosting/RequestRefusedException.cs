namespace TrainingCluster.Cluster.Hosting;

/// <summary>The cluster understood a request and refused it.</summary>
/// <param name="code">For programs: <c>invalid_spec</c>, <c>unknown_run</c>, <c>already_ended</c>,
/// <c>unknown_version</c>.</param>
public sealed class RequestRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The cluster gave no answer in time.</summary>
public sealed class NoAnswerException(string question, TimeSpan waited, Exception? inner = null)
    : Exception(
        $"no answer to '{question}' within {waited.TotalSeconds:0.#} s; look at the log, then try again",
        inner);

/// <summary>The cluster does not let the node in under its name.</summary>
public sealed class NodeRefusedException(string message) : Exception(message);

/// <summary>The place of artifacts and checkpoints cannot be used.</summary>
public sealed class StoreRefusedException(string message, Exception inner) : Exception(message, inner);

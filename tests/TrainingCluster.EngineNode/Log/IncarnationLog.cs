namespace TrainingCluster.EngineNode.Log;

/// <summary>The log as the actors of one actor system see it.</summary>
internal sealed class IncarnationLog(NodeLog log, string node, int incarnation)
{
    public string Node { get; } = node;

    /// <summary>Unlike any other incarnation's, of any process.</summary>
    public string Name { get; } = $"{node}.{Environment.ProcessId}.{incarnation}";

    public void Write(LogEntry entry) => log.Write(incarnation, entry);
}

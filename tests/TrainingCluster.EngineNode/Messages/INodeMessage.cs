namespace TrainingCluster.EngineNode.Messages;

/// <summary>What goes over the wire or into the journal.</summary>
internal interface INodeMessage;

/// <param name="Target">Persistence id of whom it is for.</param>
/// <param name="CommandId">The same in each repetition.</param>
internal sealed record Command(string Target, string CommandId) : INodeMessage;

/// <param name="Target">Who answers.</param>
/// <param name="CommandId">Which has been written.</param>
/// <param name="Epoch">In which the answer was given.</param>
/// <param name="Sequence">Of the event that was written.</param>
internal sealed record Acknowledgement(string Target, string CommandId, long Epoch, long Sequence)
    : INodeMessage;

/// <summary>An event: an activation begins; its sequence number is the epoch.</summary>
/// <param name="By">The incarnation it runs in.</param>
internal sealed record Activated(string By) : INodeMessage;

/// <summary>An event: a command was done.</summary>
/// <param name="CommandId">Which.</param>
/// <param name="Epoch">The activation that did it.</param>
internal sealed record Recorded(string CommandId, long Epoch) : INodeMessage;

/// <param name="Node">Who is alive.</param>
/// <param name="Number">Counts from 1.</param>
internal sealed record Heartbeat(string Node, long Number) : INodeMessage;

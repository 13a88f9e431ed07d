namespace TrainingCluster.EngineNode.Log;

/// <summary>What a line of the log is about.</summary>
internal static class LogKind
{
    /// <summary>An actor system of the process begins.</summary>
    public const string Started = "started";

    /// <summary>The node is up.</summary>
    public const string Up = "up";

    /// <summary>SIGTERM came.</summary>
    public const string Stopping = "stopping";

    /// <summary>An actor system has ended; the text is the reason.</summary>
    public const string Ended = "ended";

    /// <summary>What the process could not start for.</summary>
    public const string Failed = "failed";

    /// <summary>The membership has changed.</summary>
    public const string Members = "members";

    /// <summary>A persistent actor has recovered and begun its epoch.</summary>
    public const string Activated = "activated";

    /// <summary>A persistent actor does something; the time is from before it did.</summary>
    public const string Acting = "acting";

    /// <summary>A persistent actor has written a command and is about to answer.</summary>
    public const string Recorded = "recorded";

    /// <summary>A persistent actor has stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>A client sends a command for the first time.</summary>
    public const string Sent = "sent";

    /// <summary>A client has taken the answer to a command.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>A client got an answer of an older epoch than one it knows, and leaves it.</summary>
    public const string Refused = "refused";

    /// <summary>A heartbeat came by pub-sub; the text is the node it is from.</summary>
    public const string Heard = "heard";

    /// <summary>An actor of another node is watched; the text is its address and uid.</summary>
    public const string Watched = "watched";

    /// <summary>A watched actor is gone; the text is its address and uid.</summary>
    public const string Lost = "lost";

    /// <summary>An event as the journal has it; read at the end.</summary>
    public const string Event = "event";
}

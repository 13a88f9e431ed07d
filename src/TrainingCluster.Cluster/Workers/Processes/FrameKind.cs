namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>What a frame between a node and its worker's process is. The numbers are the wire's.</summary>
internal enum FrameKind : byte
{
    /// <summary>Node: limits and settings, as JSON.</summary>
    Setup = 1,

    /// <summary>Node: the job, as <see cref="Nodes.WorkerCommands.Start"/> in its wire form.</summary>
    Begin = 2,

    /// <summary>Node: checkpoint and end.</summary>
    Cancel = 3,

    /// <summary>Node, to one of the three questions below: the content that was asked for.</summary>
    Content = 4,

    /// <summary>Node, to the same: there is nothing, or it is done.</summary>
    Nothing = 5,

    /// <summary>Node, to the same: it failed; the text says why.</summary>
    Failed = 6,

    /// <summary>Worker: a <see cref="Runs.JobAdvanced"/> in its wire form.</summary>
    Progress = 16,

    /// <summary>Worker asks for an artifact: its digest in hexadecimal.</summary>
    GetArtifact = 17,

    /// <summary>Worker asks for the newest checkpoint of a key.</summary>
    LoadCheckpoint = 18,

    /// <summary>Worker hands over a checkpoint: key, line end, content; answered when it is durable.</summary>
    SaveCheckpoint = 19,

    /// <summary>Worker: the checkpoints of a key are of no use any more.</summary>
    ClearCheckpoint = 20,

    /// <summary>Worker hands over a file of its output: role, line end, content.</summary>
    OutputFile = 21,

    /// <summary>Worker: done; metrics and evaluation as JSON.</summary>
    Done = 22,

    /// <summary>Worker: cancelled, the checkpoint is stored.</summary>
    Cancelled = 23,

    /// <summary>Worker: a fault, as JSON.</summary>
    Faulted = 24,
}

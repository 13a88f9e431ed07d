using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>The node's artifacts as its worker's process sees them: it can read them and no more.</summary>
internal sealed class PipeArtifactStore(ChildQuestions node) : IArtifactStore
{
    public Digest Put(ReadOnlyMemory<byte> content) =>
        throw new NotSupportedException("a worker's process hands its files over at its end");

    public ReadOnlyMemory<byte> Get(Digest digest) =>
        node.Ask(FrameKind.GetArtifact, digest.Hex) ?? throw new ArtifactMissingException(digest);

    public bool Contains(Digest digest) => node.Ask(FrameKind.GetArtifact, digest.Hex) is not null;
}

/// <summary>The job's checkpoints, which the node keeps.</summary>
internal sealed class PipeCheckpointStore(ChildQuestions node) : ICheckpointStore
{
    public void Save(string jobKey, ReadOnlyMemory<byte> content) =>
        node.Ask(FrameKind.SaveCheckpoint, jobKey, content);

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey) => node.Ask(FrameKind.LoadCheckpoint, jobKey);

    public void Clear(string jobKey) => node.Ask(FrameKind.ClearCheckpoint, jobKey);
}

/// <summary>Questions of a worker's process to its node, one at a time.</summary>
internal sealed class ChildQuestions(FramePipe pipe)
{
    private readonly Lock _asking = new();
    private readonly System.Collections.Concurrent.BlockingCollection<Frame> _answers = [];

    /// <summary>Called by the thread that reads.</summary>
    public void Answer(Frame frame) => _answers.Add(frame);

    /// <returns>The content that was asked for, or null.</returns>
    /// <exception cref="IOException">The node could not do it; the message says why.</exception>
    public ReadOnlyMemory<byte>? Ask(FrameKind question, string line, ReadOnlyMemory<byte> content = default)
    {
        lock (_asking)
        {
            pipe.Write(question, line, content);
            var answer = _answers.Take();
            return answer.Kind switch
            {
                FrameKind.Content => (ReadOnlyMemory<byte>?)answer.Content,
                FrameKind.Nothing => null,
                _ => throw new IOException(answer.Text),
            };
        }
    }
}

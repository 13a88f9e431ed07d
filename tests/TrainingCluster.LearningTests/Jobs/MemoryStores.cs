using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.LearningTests.Jobs;

/// <summary>Checkpoints in memory.</summary>
internal class MemoryCheckpoints : ICheckpointStore
{
    private readonly Dictionary<string, byte[]> _contents = [];

    public int Saves { get; private set; }

    public bool IsEmpty => _contents.Count == 0;

    public virtual void Save(string jobKey, ReadOnlyMemory<byte> content)
    {
        Saves++;
        _contents[jobKey] = content.ToArray();
    }

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey) =>
        _contents.TryGetValue(jobKey, out var content) ? content : (ReadOnlyMemory<byte>?)null;

    public void Clear(string jobKey) => _contents.Remove(jobKey);
}

/// <summary>Ends the job right after a number of saves, as a killed process does.</summary>
internal sealed class DyingCheckpoints(int afterSaves) : MemoryCheckpoints
{
    public override void Save(string jobKey, ReadOnlyMemory<byte> content)
    {
        base.Save(jobKey, content);
        if (Saves == afterSaves)
        {
            throw new KilledException();
        }
    }
}

internal sealed class KilledException : Exception;

/// <summary>Artifacts in memory.</summary>
internal sealed class MemoryArtifacts : IArtifactStore
{
    private readonly Dictionary<Digest, byte[]> _contents = [];

    public Digest Put(ReadOnlyMemory<byte> content)
    {
        var digest = Digest.Of(content.Span);
        _contents[digest] = content.ToArray();
        return digest;
    }

    public ReadOnlyMemory<byte> Get(Digest digest) =>
        _contents.TryGetValue(digest, out var content) ? content : throw new ArtifactMissingException(digest);

    public bool Contains(Digest digest) => _contents.ContainsKey(digest);
}

using System.Collections.Concurrent;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.ClusterTests.Fakes;

internal sealed class MemoryCheckpoints : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, byte[]> _content = new();

    public void Save(string jobKey, ReadOnlyMemory<byte> content) => _content[jobKey] = content.ToArray();

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey) =>
        _content.TryGetValue(jobKey, out var content) ? content : (ReadOnlyMemory<byte>?)null;

    public void Clear(string jobKey) => _content.TryRemove(jobKey, out _);
}

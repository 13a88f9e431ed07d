using Akka.Cluster.Sharding;
using Akka.Store;

namespace TrainingCluster.EngineTests.Cluster.Sharding;

/// <summary>Homes whose answers the test gives.</summary>
internal sealed class FakeHomes : IShardHomes
{
    private readonly Lock _lock = new();
    private readonly Queue<Func<Task<HomesChanged>>> _answers = [];
    private long _epoch;

    public List<ShardHomeRow> Rows { get; } = [];

    /// <summary>What the next change ends with; without any, it is done.</summary>
    public void AnswerNext(Func<Task<HomesChanged>> answer)
    {
        lock (_lock)
        {
            _answers.Enqueue(answer);
        }
    }

    public Task<ShardHomesRead> Begin(string typeName)
    {
        lock (_lock)
        {
            return Task.FromResult(new ShardHomesRead(++_epoch, [.. Rows]));
        }
    }

    public Task<HomesChanged> Change(string typeName, long epoch, IReadOnlyList<HomeChange> changes)
    {
        lock (_lock)
        {
            return _answers.TryDequeue(out var answer) ? answer() : Task.FromResult(HomesChanged.Done);
        }
    }
}

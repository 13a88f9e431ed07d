using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>The shards that run in a region, and who waits for their end.</summary>
internal sealed class HostedShards
{
    private readonly Dictionary<string, Entry> _shards = [];
    private readonly Dictionary<IActorRef, string> _ids = [];

    public int Count => _shards.Count;

    public ImmutableArray<string> Running => Ids(shard => !shard.IsStopping);

    /// <summary>Whose hand-over somebody waits for.</summary>
    public ImmutableArray<string> HandedOver => Ids(shard => shard.Answers.Count > 0);

    public IEnumerable<(string ShardId, IActorRef Ref)> All =>
        _shards.Select(shard => (shard.Key, shard.Value.Ref));

    public IActorRef? Find(string shardId) => _shards.GetValueOrDefault(shardId)?.Ref;

    public bool IsStopping(string shardId) => _shards.GetValueOrDefault(shardId) is { IsStopping: true };

    public void Add(string shardId, IActorRef shard)
    {
        _shards.Add(shardId, new Entry(shard));
        _ids.Add(shard, shardId);
    }

    /// <summary>It has been told to stop.</summary>
    public void MarkStopping(string shardId) => _shards[shardId].IsStopping = true;

    /// <summary>The requester gets the answer when it has stopped.</summary>
    public void AnswerAtTheEnd(string shardId, IActorRef requester, CoordinatorProtocol.ShardStopped answer)
    {
        var answers = _shards[shardId].Answers;
        if (!answers.Contains((requester, answer)))
        {
            answers.Add((requester, answer));
        }
    }

    /// <summary>Null where the reference is no shard.</summary>
    public Stopped? Remove(IActorRef shard) =>
        _ids.Remove(shard, out var shardId) && _shards.Remove(shardId, out var entry)
            ? new Stopped(shardId, entry.Answers) : null;

    private ImmutableArray<string> Ids(Func<Entry, bool> where) =>
        [.. _shards.Where(shard => where(shard.Value)).Select(shard => shard.Key)];

    internal sealed record Stopped(
        string ShardId,
        IReadOnlyList<(IActorRef Requester, CoordinatorProtocol.ShardStopped Answer)> Answers);

    private sealed class Entry(IActorRef shard)
    {
        public IActorRef Ref { get; } = shard;

        public bool IsStopping { get; set; }

        public List<(IActorRef Requester, CoordinatorProtocol.ShardStopped Answer)> Answers { get; } = [];
    }
}

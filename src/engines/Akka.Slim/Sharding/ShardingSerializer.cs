using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using static Akka.Cluster.Sharding.CoordinatorProtocol;
using static Akka.Cluster.Sharding.ShardRegion;

namespace Akka.Cluster.Sharding;

/// <summary>What regions and coordinators send each other, and what can be asked of them.</summary>
internal sealed class ShardingSerializer : EngineSerializer
{
    public ShardingSerializer(ExtendedActorSystem system)
        : base(system, identifier: 13)
    {
        AddEntities();
        AddRegistration();
        AddHomes();
        AddMoves();
        AddQueries();
    }

    private void AddRegistration()
    {
        Add(
            "register",
            WriteRegister,
            reader => new Register(
                reader.Ref(),
                reader.Int32(),
                reader.Boolean(),
                reader.Int32(),
                [.. ReadIds(reader)],
                [.. ReadIds(reader)]));
        Add(
            "register-ack",
            (writer, message) =>
            {
                writer.Int64(message.Epoch);
                writer.Ref(message.Coordinator);
            },
            reader => new RegisterAck(reader.Int64(), reader.Ref()));
        Add(
            "register-refused",
            (writer, message) =>
            {
                writer.Int64(message.Epoch);
                writer.Int32(message.NumberOfShards);
            },
            reader => new RegisterRefused(reader.Int64(), reader.Int32()));
        Add(
            "register-again",
            (writer, message) => writer.Int64(message.Epoch),
            reader => new RegisterAgain(reader.Int64()));
        Add(
            "shutdown-request",
            (writer, message) => writer.Ref(message.Region),
            reader => new GracefulShutdownRequest(reader.Ref()));
    }

    private void AddHomes()
    {
        Add(
            "get-home",
            (writer, message) => writer.Text(message.ShardId),
            reader => new GetShardHome(reader.Text()));
        Add(
            "home",
            (writer, message) =>
            {
                writer.Int64(message.Epoch);
                writer.Text(message.ShardId);
                writer.Ref(message.Region);
            },
            reader => new ShardHome(reader.Int64(), reader.Text(), reader.Ref()));
        Add(
            "host",
            (writer, message) =>
            {
                writer.Int64(message.Epoch);
                writer.Text(message.ShardId);
            },
            reader => new HostShard(reader.Int64(), reader.Text()));
    }

    private void AddMoves()
    {
        Add(
            "begin-hand-off",
            (writer, message) => WriteMove(writer, message.Epoch, message.Move, message.ShardId),
            reader => new BeginHandOff(reader.Int64(), reader.Int64(), reader.Text()));
        Add(
            "begin-hand-off-ack",
            (writer, message) => WriteMove(writer, message.Epoch, message.Move, message.ShardId),
            reader => new BeginHandOffAck(reader.Int64(), reader.Int64(), reader.Text()));
        Add(
            "hand-off",
            (writer, message) => WriteMove(writer, message.Epoch, message.Move, message.ShardId),
            reader => new HandOff(reader.Int64(), reader.Int64(), reader.Text()));
        Add(
            "stopped",
            (writer, message) => WriteMove(writer, message.Epoch, message.Move, message.ShardId),
            reader => new ShardStopped(reader.Int64(), reader.Int64(), reader.Text()));
    }

    private void AddEntities()
    {
        Add(
            "envelope",
            (writer, message) =>
            {
                writer.Text(message.EntityId);
                writer.Object(message.Message);
            },
            reader => new ShardingEnvelope(reader.Text(), reader.Object()));
        Add(
            "start",
            (writer, message) => writer.Text(message.EntityId),
            reader => new StartEntity(reader.Text()));
        Add(
            "started",
            (writer, message) =>
            {
                writer.Text(message.EntityId);
                writer.Text(message.ShardId);
            },
            reader => new StartEntityAck(reader.Text(), reader.Text()));
        Add("shutdown", GracefulShutdown.Instance);
    }

    private void AddQueries()
    {
        Add("get-region-state", GetShardRegionState.Instance);
        Add(
            "region-state",
            (writer, message) => writer.List(message.Shards, WriteState),
            reader => new CurrentShardRegionState(reader.List(ReadState).ToImmutableHashSet()));
        Add("get-region-stats", GetShardRegionStats.Instance);
        Add("region-stats", WriteStats, ReadStats);
        Add(
            "get-cluster-stats",
            (writer, message) => writer.Int64(message.Timeout.Ticks),
            reader => new GetClusterShardingStats(TimeSpan.FromTicks(reader.Int64())));
        Add(
            "cluster-stats",
            (writer, message) => writer.List(message.Regions.ToList(), WriteNode),
            reader => new ClusterShardingStats(reader.List(ReadNode).ToImmutableDictionary()));
        Add("get-regions", GetCurrentRegions.Instance);
        Add(
            "regions",
            (writer, message) => writer.List(
                message.Regions, static (writer, region) => writer.Text(region.ToString())),
            reader => new CurrentRegions(reader.List(ReadAddress).ToImmutableHashSet()));
    }

    private static void WriteRegister(MessageWriter writer, Register message)
    {
        writer.Ref(message.Region);
        writer.Int32(message.Uid);
        writer.Boolean(message.IsProxy);
        writer.Int32(message.NumberOfShards);
        WriteIds(writer, message.Hosted);
        WriteIds(writer, message.Stopping);
    }

    private static void WriteMove(MessageWriter writer, long epoch, long move, string shardId)
    {
        writer.Int64(epoch);
        writer.Int64(move);
        writer.Text(shardId);
    }

    private static void WriteIds(MessageWriter writer, IReadOnlyCollection<string> ids) =>
        writer.List(ids, static (writer, id) => writer.Text(id));

    private static string[] ReadIds(MessageReader reader) => reader.List(static reader => reader.Text());

    private static void WriteState(MessageWriter writer, ShardState state)
    {
        writer.Text(state.ShardId);
        WriteIds(writer, state.EntityIds);
    }

    private static ShardState ReadState(MessageReader reader) =>
        new(reader.Text(), ReadIds(reader).ToImmutableHashSet());

    private static void WriteStats(MessageWriter writer, ShardRegionStats stats) => writer.List(
        stats.Stats.ToList(),
        static (writer, shard) =>
        {
            writer.Text(shard.Key);
            writer.Int32(shard.Value);
        });

    private static ShardRegionStats ReadStats(MessageReader reader)
    {
        var stats = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var (shardId, count) in reader.List(static reader => (reader.Text(), reader.Int32())))
        {
            stats[shardId] = count;
        }

        return new ShardRegionStats(stats.ToImmutable());
    }

    private static void WriteNode(MessageWriter writer, KeyValuePair<Address, ShardRegionStats> node)
    {
        writer.Text(node.Key.ToString());
        WriteStats(writer, node.Value);
    }

    private static KeyValuePair<Address, ShardRegionStats> ReadNode(MessageReader reader) =>
        KeyValuePair.Create(ReadAddress(reader), ReadStats(reader));

    private static Address ReadAddress(MessageReader reader) =>
        Address.TryParse(reader.Path(), out var address)
            ? address : throw new SerializationException("The address of a region cannot be read.");
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using static Akka.Cluster.Sharding.CoordinatorProtocol;
using static Akka.Cluster.Sharding.ShardRegion;

namespace Akka.Cluster.Sharding;

/// <summary>
/// What regions and coordinators send each other, and what can be asked of them. A manifest never changes its
/// meaning; new parts are added at the end.
/// </summary>
internal sealed class ShardingSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly ImmutableArray<Format> Formats =
    [
        Format.Of<Register>(
            "BA",
            (w, m) => w.Reference(m.Region).Number(m.Uid).Flag(m.IsProxy).Number(m.NumberOfShards)
                .Texts(m.Hosted).Texts(m.Stopping),
            r => new Register(
                r.Reference(), (int)r.Number(), r.Flag(), (int)r.Number(), r.Texts(), r.Texts())),
        Format.Of<RegisterAck>(
            "BC",
            (w, m) => w.Number(m.Epoch).Reference(m.Coordinator),
            r => new RegisterAck(r.Number(), r.Reference())),
        Format.Of<RegisterRefused>(
            "BN",
            (w, m) => w.Number(m.Epoch).Number(m.NumberOfShards),
            r => new RegisterRefused(r.Number(), (int)r.Number())),
        Format.Of<RegisterAgain>("BO", (w, m) => w.Number(m.Epoch), r => new RegisterAgain(r.Number())),
        Format.Of<GetShardHome>("BD", (w, m) => w.Text(m.ShardId), r => new GetShardHome(r.Text())),
        Format.Of<ShardHome>(
            "BE",
            (w, m) => w.Number(m.Epoch).Text(m.ShardId).Reference(m.Region),
            r => new ShardHome(r.Number(), r.Text(), r.Reference())),
        Format.Of<HostShard>(
            "BF",
            (w, m) => w.Number(m.Epoch).Text(m.ShardId),
            r => new HostShard(r.Number(), r.Text())),
        Format.Of<BeginHandOff>(
            "BH",
            (w, m) => w.Number(m.Epoch).Number(m.Move).Text(m.ShardId),
            r => new BeginHandOff(r.Number(), r.Number(), r.Text())),
        Format.Of<BeginHandOffAck>(
            "BI",
            (w, m) => w.Number(m.Epoch).Number(m.Move).Text(m.ShardId),
            r => new BeginHandOffAck(r.Number(), r.Number(), r.Text())),
        Format.Of<HandOff>(
            "BJ",
            (w, m) => w.Number(m.Epoch).Number(m.Move).Text(m.ShardId),
            r => new HandOff(r.Number(), r.Number(), r.Text())),
        Format.Of<ShardStopped>(
            "BK",
            (w, m) => w.Number(m.Epoch).Number(m.Move).Text(m.ShardId),
            r => new ShardStopped(r.Number(), r.Number(), r.Text())),
        Format.Of<GracefulShutdownRequest>(
            "BL", (w, m) => w.Reference(m.Region), r => new GracefulShutdownRequest(r.Reference())),
        Format.Of<ShardingEnvelope>(
            "SE",
            (w, m) => w.Text(m.EntityId).Payload(m.Message),
            r => new ShardingEnvelope(r.Text(), r.Payload())),
        Format.Of<StartEntity>("EA", (w, m) => w.Text(m.EntityId), r => new StartEntity(r.Text())),
        Format.Of<StartEntityAck>(
            "EB",
            (w, m) => w.Text(m.EntityId).Text(m.ShardId),
            r => new StartEntityAck(r.Text(), r.Text())),
        Format.Of<GracefulShutdown>("GS", (w, _) => w, _ => GracefulShutdown.Instance),
        Format.Of<GetShardRegionState>("DI", (w, _) => w, _ => GetShardRegionState.Instance),
        Format.Of<CurrentShardRegionState>(
            "DJ",
            (w, m) => w.List(m.Shards, static (w, s) => w.Text(s.ShardId).Texts(s.EntityIds)),
            r => new CurrentShardRegionState(
                [.. r.List(static r => new ShardState(r.Text(), r.Texts().ToImmutableHashSet()))])),
        Format.Of<GetShardRegionStats>("DC", (w, _) => w, _ => GetShardRegionStats.Instance),
        Format.Of<ShardRegionStats>("DD", (w, m) => WriteStats(w, m), ReadStats),
        Format.Of<GetClusterShardingStats>(
            "DE",
            (w, m) => w.Number(m.Timeout.Ticks),
            r => new GetClusterShardingStats(TimeSpan.FromTicks(r.Number()))),
        Format.Of<ClusterShardingStats>(
            "DF",
            (w, m) => w.List(
                [.. m.Regions], static (w, region) => WriteStats(w.Text(region.Key.ToString()), region.Value)),
            r => new ClusterShardingStats(
                r.List(static r => KeyValuePair.Create(ReadAddress(r), ReadStats(r))).ToImmutableDictionary())),
        Format.Of<GetCurrentRegions>("DG", (w, _) => w, _ => GetCurrentRegions.Instance),
        Format.Of<CurrentRegions>(
            "DH",
            (w, m) => w.Texts([.. m.Regions.Select(region => region.ToString())]),
            r => new CurrentRegions(r.List(ReadAddress).ToImmutableHashSet())),
    ];

    private static readonly FrozenDictionary<Type, Format> ByType =
        Formats.ToFrozenDictionary(format => format.Type);

    private static readonly FrozenDictionary<string, Format> ByManifest =
        Formats.ToFrozenDictionary(format => format.Manifest);

    public override int Identifier => 13;

    public override string Manifest(object o) => FormatOf(o).Manifest;

    public override byte[] ToBinary(object obj)
    {
        var writer = new ProtocolWriter(system);
        FormatOf(obj).Write(writer, obj);
        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest) =>
        ByManifest.TryGetValue(manifest, out var format)
            ? format.Read(new ProtocolReader(system, bytes))
            : throw new SerializationException($"\"{manifest}\" is no message of sharding.");

    private static Format FormatOf(object message) => ByType.TryGetValue(message.GetType(), out var format)
        ? format
        : throw new SerializationException($"{message.GetType()} is no message of sharding.");

    private static ProtocolWriter WriteStats(ProtocolWriter writer, ShardRegionStats stats) => writer.List(
        [.. stats.Stats], static (writer, shard) => writer.Text(shard.Key).Number(shard.Value));

    private static ShardRegionStats ReadStats(ProtocolReader reader) => new(
        reader.List(static reader => KeyValuePair.Create(reader.Text(), (int)reader.Number()))
            .ToImmutableDictionary());

    private static Address ReadAddress(ProtocolReader reader) =>
        Address.TryParse(reader.Text(), out var address)
            ? address : throw new SerializationException("An address of a region cannot be read.");

    /// <summary>One message and its permanent name.</summary>
    private sealed record Format(
        string Manifest, Type Type, Action<ProtocolWriter, object> Write, Func<ProtocolReader, object> Read)
    {
        public static Format Of<T>(
            string manifest, Func<ProtocolWriter, T, ProtocolWriter> write, Func<ProtocolReader, T> read)
            where T : notnull =>
            new(manifest, typeof(T), (writer, message) => write(writer, (T)message), reader => read(reader));
    }
}

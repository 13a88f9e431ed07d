using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>All that the nodes of a modelled cluster share.</summary>
internal sealed class ModelTables
{
    /// <summary>For tables that have no partitions.</summary>
    public const int Whole = 0;

    private long _fenceEpoch;

    public ModelTable<int, int, ClusterRow> Cluster { get; } = new();

    public ModelTable<int, int, MemberRow> Members { get; } = new();

    public ModelTable<int, string, ShardType> ShardTypes { get; } = new();

    public ModelTable<string, string, ShardHomeRow> ShardHomes { get; } = new();

    public ModelTable<int, int, Endpoint> Endpoints { get; } = new();

    /// <summary>By receiver, then sender and number.</summary>
    public ModelTable<int, (int Sender, long Number), FrameRow> Frames { get; } = new();

    public ModelTable<int, string, FenceRow> Fences { get; } = new();

    public ModelTable<string, long, Event> Events { get; } = new();

    public ModelTable<string, long, SqlRow> Snapshots { get; } = new();

    /// <summary>As a database's sequence: never rolled back, and its order is not the order of commits.</summary>
    public long NextFenceEpoch() => ++_fenceEpoch;

    internal sealed record ShardType(long Epoch);

    internal sealed record Endpoint(string Address);

    internal sealed record Event(SqlRow Row, bool IsDeleted);
}

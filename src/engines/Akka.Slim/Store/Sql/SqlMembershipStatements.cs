using System.Data.Common;
using Akka.Cluster;
using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <inheritdoc cref="IMembershipStatements"/>
internal sealed class SqlMembershipStatements(SqlSession session) : IMembershipStatements
{
    private static readonly string _down = nameof(MemberStatus.Down);

    private readonly string _lockCluster = $"SELECT name, epoch FROM cluster{session.Dialect.ForUpdate}";

    public ValueTask CreateCluster(string name) => Done(session.Execute(
        "INSERT INTO cluster (id, name, epoch) VALUES (1, @name, 0) ON CONFLICT (id) DO NOTHING",
        ("@name", name)));

    public ValueTask<ClusterRow?> LockCluster()
    {
        ClusterRow? found = null;
        session.Query(_lockCluster, row => found = new ClusterRow(row.GetString(0), row.GetInt64(1)));
        return new(found);
    }

    public ValueTask<long> NextEpoch() =>
        new((long?)session.Scalar("UPDATE cluster SET epoch = epoch + 1 RETURNING epoch")
            ?? throw new SqlStoreException($"The store {session.Dialect.Location} holds no cluster."));

    public ValueTask<MembershipRows> Members()
    {
        var epoch = 0L;
        var members = new List<MemberRow>();
        session.Query(
            """
            SELECT epoch, uid, address, roles, app_version, status, join_epoch, up_number, lease, host,
                process_id, process_started
            FROM cluster LEFT JOIN member ON TRUE
            """,
            row =>
            {
                epoch = row.GetInt64(0);
                if (!row.IsDBNull(1))
                {
                    members.Add(Member(row));
                }
            });
        return new(new MembershipRows(epoch, members));
    }

    public ValueTask<bool> InsertMember(MemberRow member) => Changed(session.Execute(
        """
        INSERT INTO member (uid, address, roles, app_version, status, join_epoch, up_number, lease, host,
            process_id, process_started)
        VALUES (@uid, @address, @roles, @version, @status, @join, @up, @lease, @host, @process, @started)
        ON CONFLICT (uid) DO NOTHING
        """,
        ("@uid", member.Uid),
        ("@address", member.Address),
        ("@roles", member.Roles),
        ("@version", member.AppVersion),
        ("@status", member.Status.ToString()),
        ("@join", member.JoinEpoch),
        ("@up", member.UpNumber),
        ("@lease", member.Lease),
        ("@host", member.Host),
        ("@process", member.ProcessId),
        ("@started", member.ProcessStarted)));

    public ValueTask<bool> RenewLease(int uid) => Changed(session.Execute(
        "UPDATE member SET lease = lease + 1 WHERE uid = @uid AND status <> @down",
        ("@uid", uid), ("@down", _down)));

    public ValueTask<bool> SetStatus(int uid, MemberStatus from, MemberStatus to, int? upNumber) =>
        Changed(upNumber is { } number
            ? session.Execute(
                "UPDATE member SET status = @to, up_number = @up WHERE uid = @uid AND status = @from",
                ("@to", to.ToString()), ("@up", number), ("@uid", uid), ("@from", from.ToString()))
            : session.Execute(
                "UPDATE member SET status = @to WHERE uid = @uid AND status = @from",
                ("@to", to.ToString()), ("@uid", uid), ("@from", from.ToString())));

    public ValueTask<bool> SetDown(int uid, long lease) => Changed(session.Execute(
        "UPDATE member SET status = @down WHERE uid = @uid AND lease = @lease",
        ("@down", _down), ("@uid", uid), ("@lease", lease)));

    public ValueTask<bool> DeleteMember(int uid) =>
        Changed(session.Execute("DELETE FROM member WHERE uid = @uid", ("@uid", uid)));

    // An insert locks the type even where nobody has written it before.
    public ValueTask<long> LockShardType(string typeName) => new((long)session.Scalar(
        """
        INSERT INTO shard_type (type_name, epoch) VALUES (@type, 0)
        ON CONFLICT (type_name) DO UPDATE SET type_name = excluded.type_name RETURNING epoch
        """,
        ("@type", typeName))!);

    public ValueTask PutShardType(string typeName, long epoch) => Done(session.Execute(
        """
        INSERT INTO shard_type (type_name, epoch) VALUES (@type, @epoch)
        ON CONFLICT (type_name) DO UPDATE SET epoch = excluded.epoch
        """,
        ("@type", typeName), ("@epoch", epoch)));

    public ValueTask<IReadOnlyList<ShardHomeRow>> ShardHomes(string typeName)
    {
        var homes = new List<ShardHomeRow>();
        session.Query(
            "SELECT shard_id, region_uid, region_path FROM shard_home WHERE type_name = @type",
            row => homes.Add(new ShardHomeRow(row.GetString(0), row.GetInt32(1), row.GetString(2))),
            ("@type", typeName));
        return new(homes);
    }

    public ValueTask PutShardHome(string typeName, ShardHomeRow home) => Done(session.Execute(
        """
        INSERT INTO shard_home (type_name, shard_id, region_uid, region_path)
        VALUES (@type, @shard, @uid, @path)
        ON CONFLICT (type_name, shard_id) DO UPDATE SET
            region_uid = excluded.region_uid, region_path = excluded.region_path
        """,
        ("@type", typeName), ("@shard", home.ShardId), ("@uid", home.RegionUid), ("@path", home.RegionPath)));

    public ValueTask<bool> DeleteShardHome(string typeName, string shardId) => Changed(session.Execute(
        "DELETE FROM shard_home WHERE type_name = @type AND shard_id = @shard",
        ("@type", typeName), ("@shard", shardId)));

    private static ValueTask Done(int _) => ValueTask.CompletedTask;

    private static ValueTask<bool> Changed(int rows) => new(rows > 0);

    private MemberRow Member(DbDataReader row) =>
        new(
            row.GetInt32(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            Status(row.GetString(5), row.GetInt32(1)),
            row.GetInt64(6),
            row.GetInt32(7),
            row.GetInt64(8),
            row.GetString(9),
            row.GetInt32(10),
            row.GetInt64(11));

    private MemberStatus Status(string name, int uid) =>
        Enum.TryParse<MemberStatus>(name, out var status)
            ? status
            : throw new CorruptRowException(
                $"The row of member {uid} in {session.Dialect.Location} is corrupt: \"{name}\" is no "
                + "status.");
}

namespace Akka.Store.Sql.Postgres;

/// <summary>
/// The tables in PostgreSQL's words; columns of events and snapshots as Akka.Persistence.Sql has them.
/// </summary>
internal static class PostgresSchemas
{
    public static SqlSchema Membership { get; } = new("membership", [new(
        OldestReader: 1,
        """
        CREATE TABLE cluster (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, epoch BIGINT NOT NULL)
            WITH (fillfactor = 50)
        """,
        // Leases change each second: with room in its page a row moves without work for the indexes.
        """
        CREATE TABLE member (
            uid INTEGER NOT NULL PRIMARY KEY, address TEXT NOT NULL, roles TEXT NOT NULL,
            app_version TEXT NOT NULL, status TEXT NOT NULL, join_epoch BIGINT NOT NULL,
            up_number INTEGER NOT NULL, lease BIGINT NOT NULL, host TEXT NOT NULL,
            process_id INTEGER NOT NULL, process_started BIGINT NOT NULL) WITH (fillfactor = 50)
        """,
        "CREATE TABLE shard_type (type_name TEXT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL)",
        """
        CREATE TABLE shard_home (
            type_name TEXT NOT NULL, shard_id TEXT NOT NULL, region_uid INTEGER NOT NULL,
            region_path TEXT NOT NULL, PRIMARY KEY (type_name, shard_id))
        """)]);

    public static SqlSchema Queues { get; } = new("queues", [new(
        OldestReader: 1,
        "CREATE TABLE endpoint (uid INTEGER NOT NULL PRIMARY KEY, address TEXT NOT NULL)",
        // Emptied as fast as it is filled: dead rows must not pile up until a fifth of the table is dead.
        """
        CREATE TABLE frame (
            receiver INTEGER NOT NULL, sender INTEGER NOT NULL, number BIGINT NOT NULL, bytes BYTEA NOT NULL,
            PRIMARY KEY (receiver, sender, number))
            WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)
        """)]);

    public static SqlSchema Journal { get; } = new("persistence", [new(
        OldestReader: 1,
        """
        CREATE TABLE journal (
            ordering BIGSERIAL NOT NULL PRIMARY KEY, deleted BOOLEAN NOT NULL DEFAULT FALSE,
            persistence_id TEXT NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL,
            tags TEXT NULL, message BYTEA NOT NULL, identifier INTEGER NULL, manifest TEXT NULL,
            writer_uuid TEXT NULL, checksum BIGINT NULL, UNIQUE (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE snapshot (
            persistence_id TEXT NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL,
            snapshot BYTEA NOT NULL, manifest TEXT NULL, serializer_id INTEGER NULL, checksum BIGINT NULL,
            PRIMARY KEY (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE fence (
            persistence_id TEXT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL, writer_uuid TEXT NOT NULL)
        """,
        "CREATE SEQUENCE fence_epoch")]);

    /// <summary>For connections that use no table.</summary>
    public static SqlSchema None { get; } = new("", []);
}

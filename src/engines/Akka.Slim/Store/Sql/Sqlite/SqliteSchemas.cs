namespace Akka.Store.Sql.Sqlite;

/// <summary>The tables in SQLite's words.</summary>
internal static class SqliteSchemas
{
    public static SqlSchema Membership { get; } = new("membership", [new(
        OldestReader: 1,
        """
        CREATE TABLE cluster (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, epoch INTEGER NOT NULL)
        """,
        """
        CREATE TABLE member (
            uid INTEGER NOT NULL PRIMARY KEY, address TEXT NOT NULL, roles TEXT NOT NULL,
            app_version TEXT NOT NULL, status TEXT NOT NULL, join_epoch INTEGER NOT NULL,
            up_number INTEGER NOT NULL, lease INTEGER NOT NULL, host TEXT NOT NULL,
            process_id INTEGER NOT NULL, process_started INTEGER NOT NULL)
        """,
        "CREATE TABLE shard_type (type_name TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL)",
        """
        CREATE TABLE shard_home (
            type_name TEXT NOT NULL, shard_id TEXT NOT NULL, region_uid INTEGER NOT NULL,
            region_path TEXT NOT NULL, PRIMARY KEY (type_name, shard_id))
        """)]);

    public static SqlSchema Queues { get; } = new("queues", [new(
        OldestReader: 1,
        "CREATE TABLE endpoint (uid INTEGER NOT NULL PRIMARY KEY, address TEXT NOT NULL)",
        """
        CREATE TABLE frame (
            receiver INTEGER NOT NULL, sender INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (receiver, sender, number))
        """)]);

    /// <summary>Stores of version 1 may be older than the table of versions.</summary>
    public static SqlSchema Journal { get; } = new("persistence", [new(
        OldestReader: 1,
        """
        CREATE TABLE IF NOT EXISTS journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT, deleted INTEGER NOT NULL DEFAULT 0,
            persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL,
            tags TEXT NULL, message BLOB NOT NULL, identifier INTEGER NULL, manifest TEXT NULL,
            writer_uuid TEXT NULL, checksum INTEGER NULL, UNIQUE (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE IF NOT EXISTS snapshot (
            persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL,
            snapshot BLOB NOT NULL, manifest TEXT NULL, serializer_id INTEGER NULL, checksum INTEGER NULL,
            PRIMARY KEY (persistence_id, sequence_number))
        """,
        """
        CREATE TABLE IF NOT EXISTS fence (
            persistence_id TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, writer_uuid TEXT NOT NULL)
        """,
        "CREATE UNIQUE INDEX IF NOT EXISTS fence_epoch ON fence (epoch)")]);
}

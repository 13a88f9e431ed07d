using Microsoft.Data.Sqlite;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;

namespace TrainingCluster.UnitTests.Cluster.Reading;

public sealed class SqliteJournalFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;

    private string File => Path.Combine(_folder, "journal.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_without_checksums_is_read_on_trust()
    {
        var written = new RunEvents.Activated("first", DateTimeOffset.UnixEpoch);
        Execute(
            """
            CREATE TABLE journal (
                ordering INTEGER PRIMARY KEY AUTOINCREMENT, deleted BOOLEAN NOT NULL,
                persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL,
                tags TEXT NULL, message BLOB NOT NULL, identifier INTEGER NULL, manifest TEXT NULL,
                writer_uuid TEXT NULL);
            INSERT INTO journal (deleted, persistence_id, sequence_number, created, message, identifier, manifest)
            VALUES (0, 'coordinator', 1, 0, $message, $identifier, $manifest)
            """,
            ("$message", WireContracts.Write(written)),
            ("$identifier", TrainingClusterSerializer.PermanentIdentifier),
            ("$manifest", WireContracts.NameOf(written.GetType())));

        Assert.Equal([(1L, (object)written)], new SqliteJournalFile(File).Read("coordinator"));
    }

    [Fact]
    public void A_database_without_a_journal_holds_no_events()
    {
        Execute("CREATE TABLE other (id INTEGER)");

        Assert.Empty(new SqliteJournalFile(File).Read("coordinator"));
    }

    private void Execute(string statements, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}

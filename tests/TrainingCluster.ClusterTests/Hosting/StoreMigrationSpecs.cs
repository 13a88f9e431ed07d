using Akka.Configuration;
using Microsoft.Data.Sqlite;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Hosting;

public sealed class StoreMigrationSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migration-").FullName;

    [Fact]
    public async Task The_tables_of_nodes_and_journal_are_there_before_any_node_and_nobody_stays_a_member()
    {
        var options = new ClusterNodeOptions
        {
            StateDirectory = Path.Combine(_folder, "state"),
            Roles = [],
            Config = ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.stdout-loglevel = OFF\nakka.loggers = []")
                .WithFallback(Home.Quick),
        };

        await StoreMigration.RunAsync(options).Within("the store to be ready");
        await StoreMigration.RunAsync(options).Within("the store to be ready again");

        var directory = StateDirectory.OpenExisting(options.StateDirectory);
        Assert.NotEmpty(Directory.EnumerateFiles(directory.ClusterPath, "*", SearchOption.AllDirectories));
        Assert.Contains("journal", TablesOf(directory.JournalPath));
        Assert.Empty(directory.Nodes);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<string> TablesOf(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}

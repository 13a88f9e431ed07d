using Microsoft.Data.Sqlite;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>Files in a folder of their own.</summary>
internal sealed class SqliteClusterStore : IClusterStore
{
    private const int Busy = 5;
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-").FullName;

    public string PathOf(string file) => Path.Combine(_folder, file);

    public IEnumerable<string> ArgumentsFor(int port) =>
    [
        "--provider", "SQLite.MS",
        "--store", $"Data Source={_folder}",
        "--journal", $"Data Source={PathOf("journal.db")}",
    ];

    private IEnumerable<string> Files =>
        Directory.EnumerateFiles(_folder, "*.db").Order(StringComparer.Ordinal);

    /// <summary>Takes the write locks of all files, as a backup or a forgotten shell would.</summary>
    public IDisposable LockAll() => new WriteLocks(Files, TimeSpan.FromSeconds(30));

    /// <summary>Whether nobody holds a write lock for longer than a transaction takes.</summary>
    public bool CanBeWritten()
    {
        foreach (var file in Files)
        {
            try
            {
                using var own = new WriteLocks([file], TimeSpan.FromSeconds(1));
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
            {
                return false;
            }
        }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

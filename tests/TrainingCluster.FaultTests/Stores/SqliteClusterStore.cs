namespace TrainingCluster.FaultTests.Stores;

/// <summary>Files in a folder of their own.</summary>
internal sealed class SqliteClusterStore : IClusterStore
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-").FullName;

    public string PathOf(string file) => Path.Combine(_folder, file);

    public IEnumerable<string> ArgumentsFor(int port) =>
    [
        "--provider", "SQLite.MS",
        "--store", $"Data Source={_folder}",
        "--journal", $"Data Source={PathOf("journal.db")}",
    ];

    /// <summary>Takes the write locks of all files, as a backup or a forgotten shell would.</summary>
    public IDisposable LockAll() => new WriteLocks(
        Directory.EnumerateFiles(_folder, "*.db").Order(StringComparer.Ordinal));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

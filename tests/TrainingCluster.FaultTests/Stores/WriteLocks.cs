using Microsoft.Data.Sqlite;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>Holds the write locks of SQLite files until it is disposed of.</summary>
internal sealed class WriteLocks : IDisposable
{
    private readonly List<SqliteConnection> _connections = [];

    /// <exception cref="SqliteException">Somebody else held one of them for longer than the limit.</exception>
    public WriteLocks(IEnumerable<string> files, TimeSpan limit)
    {
        foreach (var file in files)
        {
            var connection = new SqliteConnection(
                $"Data Source={file};Pooling=False;Default Timeout={(int)limit.TotalSeconds}");
            _connections.Add(connection);
            connection.Open();
            using var begin = connection.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());
}

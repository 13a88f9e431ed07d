using Npgsql;

namespace TrainingCluster.Cluster.Storage;

/// <summary>
/// The part of a PostgreSQL server that holds artifacts and checkpoints, for nodes that share no folder. The tables
/// are made where they are missing; several nodes may do so at once.
/// </summary>
public sealed class PostgresFiles : IDisposable
{
    /// <summary>Of the lock under which tables are made.</summary>
    private const long SchemaLock = 7101_0001;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS artifact (digest text PRIMARY KEY, size bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS artifact_chunk (
          digest text NOT NULL REFERENCES artifact ON DELETE CASCADE,
          number integer NOT NULL,
          content bytea NOT NULL,
          PRIMARY KEY (digest, number));
        CREATE TABLE IF NOT EXISTS checkpoint (
          job_key text NOT NULL,
          number bigint NOT NULL,
          sha256 bytea NOT NULL,
          content bytea NOT NULL,
          PRIMARY KEY (job_key, number));
        """;

    private readonly NpgsqlDataSource _source;

    private PostgresFiles(NpgsqlDataSource source) => _source = source;

    /// <param name="connectionString">As Npgsql has it.</param>
    /// <param name="passwordFile">Read at each new connection; empty where the connection string has all.</param>
    /// <exception cref="IOException">The server cannot be used.</exception>
    public static PostgresFiles Open(string connectionString, string passwordFile)
    {
        NpgsqlDataSource? source = null;
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connectionString);
            if (passwordFile.Length > 0)
            {
                builder.UsePasswordProvider(
                    _ => File.ReadAllText(passwordFile).Trim(),
                    async (_, cancellation) => (await File.ReadAllTextAsync(passwordFile, cancellation)).Trim());
            }

            source = builder.Build();
            var files = new PostgresFiles(source);
            files.Write(connection =>
            {
                Execute(connection, "SELECT pg_advisory_xact_lock($1)", SchemaLock);
                Execute(connection, Schema);
                return true;
            });
            return files;
        }
        catch (ArgumentException wrong)
        {
            source?.Dispose();
            throw new IOException($"training.cluster.store.connection-string cannot be used: {wrong.Message}", wrong);
        }
        catch
        {
            source?.Dispose();
            throw;
        }
    }

    public void Dispose() => _source.Dispose();

    /// <summary>Everything or nothing.</summary>
    /// <exception cref="IOException">The server did not do it.</exception>
    internal T Write<T>(Func<NpgsqlConnection, T> action) => Reach(connection =>
    {
        using var transaction = connection.BeginTransaction();
        var result = action(connection);
        transaction.Commit();
        return result;
    });

    /// <exception cref="IOException">The server did not do it.</exception>
    internal T Reach<T>(Func<NpgsqlConnection, T> action)
    {
        try
        {
            using var connection = _source.OpenConnection();
            return action(connection);
        }
        catch (NpgsqlException failure)
        {
            throw new IOException($"the server of artifacts and checkpoints: {failure.Message}", failure);
        }
    }

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    internal static int Execute(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }
}

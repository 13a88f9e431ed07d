using System.Security.Cryptography;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Storage;

/// <summary>Checkpoints as rows with their sha-256; of each key the newest and the one before it.</summary>
public sealed class PostgresCheckpointStore(PostgresFiles files) : ICheckpointStore
{
    public void Save(string jobKey, ReadOnlyMemory<byte> content) => files.Write(connection =>
    {
        using (var insert = PostgresFiles.Command(connection,
            """
            INSERT INTO checkpoint (job_key, number, sha256, content)
            SELECT $1, coalesce(max(number), 0) + 1, $2, $3 FROM checkpoint WHERE job_key = $1
            """,
            jobKey, SHA256.HashData(content.Span), content.ToArray()))
        {
            insert.ExecuteNonQuery();
        }

        return PostgresFiles.Execute(connection,
            """
            DELETE FROM checkpoint WHERE job_key = $1
            AND number < (SELECT max(number) FROM checkpoint WHERE job_key = $1) - 1
            """,
            jobKey);
    });

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey) => files.Reach<ReadOnlyMemory<byte>?>(connection =>
    {
        using var command = PostgresFiles.Command(connection,
            "SELECT sha256, content FROM checkpoint WHERE job_key = $1 ORDER BY number DESC", jobKey);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var content = reader.GetFieldValue<byte[]>(1);
            if (SHA256.HashData(content).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(0)))
            {
                return content;
            }
        }

        return null;
    });

    public void Clear(string jobKey) => files.Write(connection =>
        PostgresFiles.Execute(connection, "DELETE FROM checkpoint WHERE job_key = $1", jobKey));
}

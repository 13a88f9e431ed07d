using Npgsql;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Cluster.Storage;

/// <summary>Artifacts as rows of at most <see cref="ChunkBytes"/>, under their sha-256.</summary>
public sealed class PostgresArtifactStore(PostgresFiles files) : IArtifactStore
{
    /// <summary>Of one row: a server holds a row in memory several times while it is written.</summary>
    public const int ChunkBytes = 1 << 20;

    public Digest Put(ReadOnlyMemory<byte> content)
    {
        var digest = Digest.Of(content.Span);
        return files.Write(connection =>
        {
            if (HoldsIntact(connection, digest))
            {
                return digest;
            }

            // The caller holds the right bytes: they replace what was spoilt. A second writer waits for the first.
            PostgresFiles.Execute(connection, "DELETE FROM artifact WHERE digest = $1", digest.Hex);
            var isFirst = PostgresFiles.Execute(connection,
                "INSERT INTO artifact (digest, size) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                digest.Hex, (long)content.Length) == 1;
            for (var (number, start) = (0, 0); isFirst && start < content.Length; number++, start += ChunkBytes)
            {
                PostgresFiles.Execute(connection,
                    "INSERT INTO artifact_chunk (digest, number, content) VALUES ($1, $2, $3)",
                    digest.Hex, number, content[start..Math.Min(start + ChunkBytes, content.Length)].ToArray());
            }

            return digest;
        });
    }

    public ReadOnlyMemory<byte> Get(Digest digest)
    {
        var content = files.Reach(connection => Read(connection, digest)) ?? throw new ArtifactMissingException(digest);
        var actual = Digest.Of(content);
        return actual == digest
            ? content
            : throw new ArtifactCorruptException(digest, actual, "the table artifact_chunk");
    }

    public bool Contains(Digest digest) => files.Reach(connection =>
    {
        using var command = PostgresFiles.Command(
            connection, "SELECT 1 FROM artifact WHERE digest = $1", digest.Hex);
        return command.ExecuteScalar() is not null;
    });

    private static bool HoldsIntact(NpgsqlConnection connection, Digest digest)
    {
        using var command = PostgresFiles.Command(connection,
            """
            SELECT encode(sha256(coalesce(string_agg(content, ''::bytea ORDER BY number), ''::bytea)), 'hex')
            FROM artifact LEFT JOIN artifact_chunk USING (digest) WHERE digest = $1 GROUP BY digest
            """,
            digest.Hex);
        return command.ExecuteScalar() is string stored && stored == digest.Hex;
    }

    private static byte[]? Read(NpgsqlConnection connection, Digest digest)
    {
        using var command = PostgresFiles.Command(connection,
            """
            SELECT content FROM artifact LEFT JOIN artifact_chunk USING (digest)
            WHERE digest = $1 ORDER BY number
            """,
            digest.Hex);
        using var reader = command.ExecuteReader();
        var content = new MemoryStream();
        var isThere = false;
        while (reader.Read())
        {
            isThere = true;
            if (!reader.IsDBNull(0))
            {
                content.Write(reader.GetFieldValue<byte[]>(0));
            }
        }

        return isThere ? content.ToArray() : null;
    }
}

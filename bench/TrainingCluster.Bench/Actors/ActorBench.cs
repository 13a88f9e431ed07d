using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.Bench.Actors;

/// <summary>The actor engine: messages, actors, journals, and messages between processes.</summary>
internal static class ActorBench
{
    public static IEnumerable<Measurement> Run() => MessageBench.Run().Concat(Sqlite()).Concat(Postgres());

    private static IEnumerable<Measurement> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        try
        {
            var journal = $"Data Source={Path.Combine(folder.FullName, "journal.db")}";
            foreach (var measured in JournalBench.Run("sqlite", "SQLite.MS", journal, 20_000, folder.FullName)
                .Concat(WireBench.Run("sqlite", "SQLite.MS", $"Data Source={folder.FullName}", 4_000, 50)))
            {
                yield return measured;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Nothing where there is no server on this machine.</summary>
    private static IEnumerable<Measurement> Postgres()
    {
        if (PostgresPrograms.WhyNot is { } reason)
        {
            Console.Error.WriteLine($"not measured: {reason}");
            yield break;
        }

        using var server = PostgresServer.Start();
        foreach (var measured in JournalBench.Run("postgresql", "PostgreSQL.15", server.ConnectionString, 5_000, null)
            .Concat(WireBench.Run("postgresql", "PostgreSQL.15", server.ConnectionString, 8_000, 25)))
        {
            yield return measured;
        }
    }
}

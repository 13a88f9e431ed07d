using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.Bench.Actors;

/// <summary>The actor engine: messages, actors, journals, and messages between processes.</summary>
internal static class ActorBench
{
    public static IEnumerable<Measurement> Run() => MessageBench.Run().Concat(Stores(withJournals: true));

    /// <summary>Only messages between processes.</summary>
    public static IEnumerable<Measurement> RunWire() => Stores(withJournals: false);

    private static IEnumerable<Measurement> Stores(bool withJournals) =>
        Sqlite(withJournals).Concat(Postgres(withJournals));

    private static IEnumerable<Measurement> Sqlite(bool withJournals)
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        try
        {
            var journal = $"Data Source={Path.Combine(folder.FullName, "journal.db")}";
            var journals = withJournals
                ? JournalBench.Run("sqlite", "SQLite.MS", journal, 20_000, folder.FullName) : [];
            foreach (var measured in journals
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
    private static IEnumerable<Measurement> Postgres(bool withJournals)
    {
        if (PostgresPrograms.WhyNot is { } reason)
        {
            Console.Error.WriteLine($"not measured: {reason}");
            yield break;
        }

        using var server = PostgresServer.Start();
        var journals = withJournals
            ? JournalBench.Run("postgresql", "PostgreSQL.15", server.ConnectionString, 5_000, null) : [];
        foreach (var measured in journals
            .Concat(WireBench.Run("postgresql", "PostgreSQL.15", server.ConnectionString, 8_000, 25)))
        {
            yield return measured;
        }
    }
}

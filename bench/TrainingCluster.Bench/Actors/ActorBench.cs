namespace TrainingCluster.Bench.Actors;

/// <summary>The actor engine: messages, actors and journals.</summary>
internal static class ActorBench
{
    public static IEnumerable<Measurement> Run() => MessageBench.Run().Concat(Sqlite());

    private static IEnumerable<Measurement> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "journal.db");
            foreach (var measured in JournalBench.Run("sqlite", "SQLite.MS", $"Data Source={file}", 20_000, folder.FullName))
            {
                yield return measured;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

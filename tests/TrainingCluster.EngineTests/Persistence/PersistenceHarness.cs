using Akka.Actor;
using Akka.Configuration;

namespace TrainingCluster.EngineTests.Persistence;

/// <summary>
/// Actor systems over one store: memory, or a SQLite file in a folder that goes with the test.
/// </summary>
public sealed class PersistenceHarness : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("persistence-");
    private readonly List<ActorSystem> _systems = [];

    public const string Memory = "memory";

    public const string Sqlite = "sqlite";

    public string File => Path.Combine(_folder.FullName, "journal.db");

    public Transcript Transcript { get; } = new();

    public ActorSystem Start(string store = Sqlite, string more = "")
    {
        var config = ConfigurationFactory.ParseString(more)
            .WithFallback(ConfigurationFactory.ParseString(store == Memory ? "" : SqliteConfig()))
            .WithFallback(
                ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF"));
        var system = ActorSystem.Create("test", config);
        _systems.Add(system);
        return system;
    }

    /// <summary>Ends an actor's life and waits for it.</summary>
    public static Task Stop(IActorRef actor) => actor.GracefulStop(TimeSpan.FromSeconds(10));

    public void Dispose()
    {
        foreach (var system in _systems)
        {
            system.Terminate().Wait(TimeSpan.FromSeconds(20));
        }

        Transcript.Dispose();
        _folder.Delete(recursive: true);
    }

    private string SqliteConfig() =>
        $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql { connection-string = "Data Source={{File}}", provider-name = "SQLite.MS" }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql { connection-string = "Data Source={{File}}", provider-name = "SQLite.MS" }
          }
        }
        """;
}

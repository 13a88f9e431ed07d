using Akka.Configuration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>The settings that come with the program, as texts of HOCON.</summary>
public static class BuiltInConfig
{
    /// <summary>Every key under <c>training</c> with its default.</summary>
    public static string ReferenceText { get; } = Read("reference.conf");

    public static Config Reference => ConfigurationFactory.ParseString(ReferenceText);

    /// <summary>The engine's settings for a cluster of one in this process.</summary>
    public static Config Embedded => ConfigurationFactory.ParseString(Read("embedded.conf"));

    /// <summary>What a node of a cluster of several has over <see cref="Reference"/> and
    /// <see cref="Embedded"/>.</summary>
    public static Config Node => ConfigurationFactory.ParseString(Read("node.conf"));

    /// <summary>What the settings under <c>training.cluster</c> and <c>training.pbm</c> are called by the
    /// engines.</summary>
    /// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
    public static Config Engine(Config config) => ConfigurationFactory.ParseString(
        HoconText.Of("training.cluster", config.GetValue("training.cluster"))
        + HoconText.Of("training.pbm", config.GetValue("training.pbm"))
        + SeedNodes(config)
        + Read("engine.conf"));

    /// <summary>Where the journal lies whose file is <paramref name="journalPath"/>.</summary>
    public static Config Store(string journalPath) => Store(StoreNames.Sqlite, $"Data Source={journalPath}");

    /// <summary>Where the journal lies.</summary>
    /// <param name="provider">One of <see cref="StoreNames"/>.</param>
    /// <param name="connection">As the provider has it.</param>
    public static Config Store(string provider, string connection)
    {
        var plugin =
            $$"""
            {
              connection-string = {{HoconText.Quoted(connection)}}
              provider-name = {{HoconText.Quoted(provider)}}
              auto-initialize = on
            }
            """;
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence.journal.sql {{plugin}}
            akka.persistence.snapshot-store.sql {{plugin}}
            """);
    }

    // A variable of the environment gives a list as one text with commas.
    private static string SeedNodes(Config config) =>
        $"training.cluster.seed-nodes = [{string.Join(
            ", ", new OptionReader(config).Texts("training.cluster.seed-nodes").Select(HoconText.Quoted))}]\n";

    private static string Read(string name)
    {
        using var stream = typeof(BuiltInConfig).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

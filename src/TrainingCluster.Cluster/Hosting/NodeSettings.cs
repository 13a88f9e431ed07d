using Akka.Configuration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>The settings of a node of several, from what people set to what the engine reads.</summary>
internal static class NodeSettings
{
    /// <exception cref="TrainingOptionsException">The store is none that nodes can share.</exception>
    public static Config Of(ClusterNodeOptions options, StateDirectory directory)
    {
        var config = BuiltInConfig.Node
            .WithFallback(BuiltInConfig.Embedded)
            .WithFallback(BuiltInConfig.Reference);
        config = options.Config is { } own ? own.WithFallback(config) : config;
        var roles = string.Join(", ", options.Roles.Select(HoconText.Quoted));
        config = ConfigurationFactory.ParseString($"akka.cluster.roles = [{roles}]").WithFallback(config);
        var provider = config.GetString("training.cluster.store.provider-name");
        var connection = config.GetString("training.cluster.store.connection-string") ?? "";
        switch (provider)
        {
            case null or "":
                provider = StoreNames.Sqlite;
                connection = OwnFiles(directory);
                break;
            case StoreNames.Sqlite when connection.Length == 0:
                connection = OwnFiles(directory);
                break;
            case StoreNames.Sqlite:
                break;
            case StoreNames.PostgreSql when connection.Length > 0:
                break;
            case StoreNames.PostgreSql:
                throw Wrong("training.cluster.store.connection-string is empty; with PostgreSQL it must say where "
                    + "the server is, such as \"Host=db;Database=training;Username=trainer\"");
            default:
                throw Wrong($"training.cluster.store.provider-name is '{provider}'; it must be "
                    + $"{StoreNames.Sqlite}, {StoreNames.PostgreSql}, or empty for files in the state directory");
        }

        config = ConfigurationFactory.ParseString(
            $$"""
            training.cluster.store {
              provider-name = {{HoconText.Quoted(provider)}}
              connection-string = {{HoconText.Quoted(connection)}}
            }
            """).WithFallback(config);
        return config
            .WithFallback(BuiltInConfig.Engine(config))
            .WithFallback(provider == StoreNames.PostgreSql
                ? BuiltInConfig.Store(provider, connection)
                : BuiltInConfig.Store(directory.JournalPath));
    }

    private static string OwnFiles(StateDirectory directory)
    {
        Directory.CreateDirectory(directory.ClusterPath);
        return $"Data Source={directory.ClusterPath}";
    }

    private static TrainingOptionsException Wrong(string violation) => new([violation]);
}

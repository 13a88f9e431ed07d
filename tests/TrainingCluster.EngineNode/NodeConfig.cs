using Akka.Configuration;

namespace TrainingCluster.EngineNode;

/// <summary>The settings of the actor systems of a node.</summary>
internal static class NodeConfig
{
    public static Config Of(NodeOptions options)
    {
        var own = ConfigurationFactory.ParseString(string.Join('\n', options.Settings));
        return own.WithFallback(ConfigurationFactory.ParseString(Common))
            .WithFallback(ConfigurationFactory.ParseString(Identity(options)))
            .WithFallback(ConfigurationFactory.ParseString(Journal(options)));
    }

    private const string Common =
        """
        akka {
          loglevel = INFO
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor {
            serializers.node = "TrainingCluster.EngineNode.Messages.MessageSerializer, TrainingCluster.EngineNode"
            serialization-bindings {
              "TrainingCluster.EngineNode.Messages.INodeMessage, TrainingCluster.EngineNode" = node
            }
          }
          cluster.sharding.passivate-idle-entity-after = off
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
          }
        }
        """;

    private static string Identity(NodeOptions options) =>
        options.IsDump
            ? $$"""
            akka.actor.provider = local
            akka-slim.store.password-file = "{{options.PasswordFile}}"
            """
            : $$"""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "{{options.Host}}", port = {{options.Port}} }
            akka.cluster.roles = [{{string.Join(", ", options.Roles)}}]
            akka.cluster.min-nr-of-members = {{options.MinimumMembers}}
            akka-slim.store {
              provider-name = "{{options.Provider}}"
              connection-string = "{{options.ConnectionString}}"
              password-file = "{{options.PasswordFile}}"
            }
            """;

    private static string Journal(NodeOptions options)
    {
        if (options.Journal is null)
        {
            return "";
        }

        var plugin =
            $$"""
            {
              connection-string = "{{options.Journal}}"
              provider-name = "{{options.Provider}}"
              auto-initialize = on
              # With the defaults, a store that was away is asked again only after up to a minute.
              circuit-breaker.reset-timeout = 1s
            }
            """;
        return
            $$"""
            akka.persistence.journal { plugin = "akka.persistence.journal.sql", sql {{plugin}} }
            akka.persistence.snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql {{plugin}} }
            """;
    }
}

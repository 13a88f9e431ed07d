using System.Globalization;
using Akka.Configuration;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>How a simulated node is configured: as in production, apart from logs.</summary>
internal static class SimConfig
{
    private static readonly Config Common = ConfigurationFactory.ParseString(
        """
        akka {
          loggers = []
          loglevel = WARNING
          stdout-loglevel = OFF
          log-dead-letters = off
          actor {
            provider = cluster
            serializers.workload =
              "TrainingCluster.EngineTests.Simulation.Workload.WorkloadSerializer, TrainingCluster.EngineTests"
            serialization-bindings {
              "TrainingCluster.EngineTests.Simulation.Workload.Submit, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Accepted, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.AskProgress, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Progress, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Run, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Ran, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Note, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.Tidings, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.JobAccepted, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.JobCompleted, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.JobRun, TrainingCluster.EngineTests" = workload
              "TrainingCluster.EngineTests.Simulation.Workload.JobsSnapshot, TrainingCluster.EngineTests" = workload
            }
          }
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql { connection-string = "simulated", provider-name = "simulated" }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql { connection-string = "simulated", provider-name = "simulated" }
            }
          }
        }
        """);

    public static Config For(NodePlace place) =>
        ConfigurationFactory.ParseString(string.Create(
            CultureInfo.InvariantCulture,
            $"akka.remote.dot-netty.tcp {{ hostname = \"{place.Name}\", port = {place.Number} }}"))
            .WithFallback(Common);
}

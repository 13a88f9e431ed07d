using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Fakes;

/// <summary>A state directory for one test and hosts on it, quick to repeat what is not confirmed.</summary>
internal sealed class Home : IDisposable
{
    public static readonly Config Quick = ConfigurationFactory.ParseString(
        """
        training {
          coordinator.reconcile-interval = 200ms
          trainer.retry-interval = 100ms
          trainer.retry-interval-max = 500ms
          worker.stop-timeout = 5s
          worker.progress-interval = 0s
          node.announce-interval = 100ms
          host.poll-interval = 50ms
        }
        """);

    private readonly string _parent = Directory.CreateTempSubdirectory("cluster-").FullName;

    public string StateDirectory => Path.Combine(_parent, "state");

    public Task<ClusterHost> StartAsync(IJobRunner runner, int slots = 2, string config = "") =>
        ClusterHost.StartAsync(new ClusterHostOptions
        {
            StateDirectory = StateDirectory,
            Slots = slots,
            Runner = runner,
            Config = ConfigurationFactory.ParseString(config).WithFallback(Quick),
        });

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}

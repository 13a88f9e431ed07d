using System.Globalization;
using Akka.Actor;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Workers.Processes;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>Why a node is none any more.</summary>
public enum NodeEnd
{
    /// <summary>It was told to stop, or an administrator made it leave.</summary>
    Left,

    /// <summary>It was out of reach for so long that others took over from it.</summary>
    Replaced,
}

/// <summary>
/// This process as one of several nodes on a store that they share; any mix of <see cref="Roles"/>. Disposing it stops
/// running jobs after a checkpoint, hands over and leaves the cluster.
/// </summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private const string SystemName = "training";

    private readonly IDisposable _lock;
    private readonly TrainingOptions _options;
    private readonly NodeFiles _files;

    private ClusterNode(
        StateDirectory directory,
        IDisposable nodeLock,
        ActorSystem system,
        TrainingOptions options,
        NodeFiles files,
        TimeProvider clock)
    {
        Directory = directory;
        _lock = nodeLock;
        System = system;
        _options = options;
        Client = ClusterClient.Of(system, clock);
        Artifacts = files.Artifacts;
        _files = files;
        var cluster = Akka.Cluster.Cluster.Get(system);
        Name = NodeNames.Of(cluster.SelfUniqueAddress);
        Roles = [.. cluster.SelfRoles.Order(StringComparer.Ordinal)];
        Ended = EndAsync();
    }

    /// <summary>Address and incarnation.</summary>
    public string Name { get; }

    public ImmutableArray<string> Roles { get; }

    public StateDirectory Directory { get; }

    /// <summary>The artifacts that all nodes share.</summary>
    public IArtifactStore Artifacts { get; }

    public ClusterClient Client { get; }

    /// <summary>For parts of the process that are actors themselves.</summary>
    public ActorSystem System { get; }

    /// <summary>Done when the node has left the cluster, or was removed from it.</summary>
    public Task<NodeEnd> Ended { get; }

    /// <exception cref="StateDirectoryException">The directory is foreign, newer, unwritable or held by a process
    /// that trains in it alone.</exception>
    /// <exception cref="TrainingOptionsException">Settings are out of range.</exception>
    /// <exception cref="NoAnswerException">The store did not answer in time.</exception>
    /// <exception cref="NodeRefusedException">The node may not join under its name.</exception>
    /// <exception cref="StoreRefusedException">The server of artifacts cannot be used.</exception>
    public static async Task<ClusterNode> StartAsync(
        ClusterNodeOptions options, CancellationToken cancellation = default)
    {
        var directory = StateDirectory.OpenOrCreate(options.StateDirectory);
        var config = NodeSettings.Of(options, directory);
        var devices = NodeDevices.Cuda("/dev");
        var training = TrainingOptions.From(config, NodeDevices.Slots(devices, Environment.ProcessorCount));
        var nodeLock = SharedNodeLock.Take(directory, NameOf(config));
        ActorSystem? system = null;
        NodeFiles? files = null;
        try
        {
            files = NodeFiles.Open(config, directory);
            system = ActorSystem.Create(SystemName, config);
            await NodeJoin.JoinAsync(system, training.AnswerTimeout, cancellation).ConfigureAwait(false);
            NodeActors.Start(system, new NodeSetup(
                NodeJoin.Incarnation(system, options.TimeProvider),
                options.Runner ?? new JobRunner(
                    options.TimeProvider, training.Cadence, training.LearnerThreads),
                files.Artifacts,
                files.Checkpoints,
                directory.RegistryViewPath,
                options.TimeProvider,
                training)
            {
                Trials = new TrialInbox(directory.TrialsPath),
                Devices = devices,
                QuarantinePath = directory.QuarantinePath,
                Children = ChildrenOf(options, training),
            });
            return new ClusterNode(directory, nodeLock, system, training, files, options.TimeProvider);
        }
        catch
        {
            if (system is not null)
            {
                await system.Terminate().ConfigureAwait(false);
            }

            files?.Dispose();
            nodeLock.Dispose();
            throw;
        }
    }

    /// <summary>Checkpoints what runs, hands over and leaves the cluster.</summary>
    public async Task StopAsync()
    {
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance)
            .ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    public override string ToString() => Roles.Contains(Hosting.Roles.Trainer)
        ? string.Create(CultureInfo.InvariantCulture,
            $"node {Name} ({string.Join(", ", Roles)}; {_options.Slots} slots) on {Directory.Root}")
        : $"node {Name} ({string.Join(", ", Roles)}) on {Directory.Root}";

    private static ChildWorkers? ChildrenOf(ClusterNodeOptions options, TrainingOptions training) =>
        !training.HasWorkerProcesses ? null
        : options.WorkerProgram.IsEmpty ? throw new TrainingOptionsException(
            ["training.worker.isolation is process; this program can run its jobs on threads only"])
        : new ChildWorkers(options.WorkerProgram, training, options.TimeProvider);

    private static string NameOf(Akka.Configuration.Config config) =>
        $"{config.GetString("training.cluster.hostname")}_{config.GetString("training.cluster.port")}";

    private async Task<NodeEnd> EndAsync()
    {
        await System.WhenTerminated.ConfigureAwait(false);
        _files.Dispose();
        _lock.Dispose();
        return CoordinatedShutdown.Get(System).ShutdownReason is CoordinatedShutdown.ClusterDowningReason
            ? NodeEnd.Replaced
            : NodeEnd.Left;
    }
}

using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// A cluster of one in this process, on the files of a state directory. Runs of an earlier process are left
/// alone until <see cref="ResumeAsync"/>. Disposing it stops running jobs after a checkpoint.
/// </summary>
public sealed class ClusterHost : IAsyncDisposable
{
    private const string SystemName = "training";

    private readonly NodeLock _lock;
    private readonly ActorSystem _system;
    private readonly TrainingOptions _options;
    private readonly string _incarnation;
    private bool _isDisposed;

    private ClusterHost(
        StateDirectory directory,
        NodeLock nodeLock,
        ActorSystem system,
        TrainingOptions options,
        string incarnation,
        TimeProvider clock)
    {
        Directory = directory;
        _lock = nodeLock;
        _system = system;
        _options = options;
        _incarnation = incarnation;
        Client = ClusterClient.Of(system, clock);
        Artifacts = new DirectoryArtifactStore(directory.ArtifactsPath);
    }

    public StateDirectory Directory { get; }

    public IArtifactStore Artifacts { get; }

    /// <summary>What may be asked of this cluster, as of any other.</summary>
    public ClusterClient Client { get; }

    /// <summary>The runs, versions and trials as the journal has them.</summary>
    public StateReader State => StateReader.Open(Directory.Root);

    /// <summary>Jobs at a time.</summary>
    public int Slots => _options.Slots;

    /// <summary>For tests that break things.</summary>
    internal ActorSystem System => _system;

    /// <exception cref="StateDirectoryException">The directory is foreign, newer, unwritable or in
    /// use.</exception>
    /// <exception cref="JournalCorruptException">An event of the journal is not what was written.</exception>
    /// <exception cref="TrainingOptionsException">Settings are out of range.</exception>
    /// <exception cref="NoAnswerException">The cluster did not come up in time.</exception>
    public static async Task<ClusterHost> StartAsync(
        ClusterHostOptions options, CancellationToken cancellation = default)
    {
        var config = ConfigOf(options);
        var training = TrainingOptions.From(config, Environment.ProcessorCount);
        var directory = StateDirectory.OpenOrCreate(options.StateDirectory);
        var nodeLock = NodeLock.Take(directory.LockPath);
        ActorSystem? system = null;
        try
        {
            StateReader.Open(directory.Root).Verify();
            system = ActorSystem.Create(
                SystemName, config.WithFallback(BuiltInConfig.Store(directory.JournalPath)));
            var incarnation = NodeJoin.Incarnation(system, options.TimeProvider);
            await NodeJoin.JoinAsync(system, training.AnswerTimeout, cancellation).ConfigureAwait(false);
            NodeActors.Start(system, new NodeSetup(
                incarnation,
                options.Runner ?? new JobRunner(
                    options.TimeProvider, training.Cadence, training.LearnerThreads),
                new DirectoryArtifactStore(directory.ArtifactsPath),
                new DirectoryCheckpointStore(directory.CheckpointsPath),
                directory.RegistryViewPath,
                options.TimeProvider,
                training)
            {
                Trials = new TrialInbox(directory.TrialsPath),
                QuarantinePath = directory.QuarantinePath,
            });
            var host = new ClusterHost(
                directory, nodeLock, system, training, incarnation, options.TimeProvider);
            await host.NodesAsync(cancellation).ConfigureAwait(false);
            return host;
        }
        catch
        {
            if (system is not null)
            {
                await system.Terminate().ConfigureAwait(false);
            }

            nodeLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stores the bars, accepts the run and starts it. The bars must be those of the specification.
    /// </summary>
    /// <exception cref="RunSpecException">The specification cannot be run; all violations are
    /// listed.</exception>
    /// <exception cref="RequestRefusedException">A version it starts from is not registered.</exception>
    public Task<RunId> SubmitAsync(
        RunSpec spec, BarPanel bars, CancellationToken cancellation = default)
    {
        if (bars.Digest != spec.Data)
        {
            throw new ArgumentException(
                $"the bars are {bars.Digest}; the specification names {spec.Data}", nameof(bars));
        }

        return Client.SubmitAsync(
            spec, () => BarPanelArtifact.Put(Artifacts, bars), cancellation: cancellation);
    }

    /// <inheritdoc cref="ClusterClient.WaitAsync"/>
    public Task<RunSummary> WaitAsync(
        RunId run, IProgress<RunNews>? progress = null, CancellationToken cancellation = default) =>
        Client.WaitAsync(run, progress, cancellation);

    /// <inheritdoc cref="ClusterClient.PauseAsync"/>
    public Task<RunSummary> PauseAsync(RunId run, CancellationToken cancellation = default) =>
        Client.PauseAsync(run, cancellation);

    /// <inheritdoc cref="ClusterClient.ResumeAsync"/>
    public Task ResumeAsync(RunId run, CancellationToken cancellation = default) =>
        Client.ResumeAsync(run, cancellation);

    /// <inheritdoc cref="ClusterClient.CancelAsync"/>
    public Task CancelAsync(RunId run, CancellationToken cancellation = default) =>
        Client.CancelAsync(run, cancellation);

    /// <inheritdoc cref="ClusterClient.GetAsync"/>
    public Task<RunSummary> GetAsync(RunId run, CancellationToken cancellation = default) =>
        Client.GetAsync(run, cancellation);

    /// <inheritdoc cref="ClusterClient.NodesAsync"/>
    public Task<ImmutableArray<NodeLine>> NodesAsync(CancellationToken cancellation = default) =>
        Client.NodesAsync(cancellation);

    /// <summary>Checkpoints what runs, leaves the cluster and gives the state directory free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance)
            .ConfigureAwait(false);
        await _system.WhenTerminated.ConfigureAwait(false);
        _lock.Dispose();
    }

    public override string ToString() => $"{SystemName} {_incarnation} on {Directory.Root}";

    private static Config ConfigOf(ClusterHostOptions options)
    {
        var config = BuiltInConfig.Embedded.WithFallback(BuiltInConfig.Reference);
        config = options.Config is { } own ? own.WithFallback(config) : config;
        if (options.Slots is { } slots)
        {
            config = ConfigurationFactory.ParseString(
                    $"training.node.slots = {slots.ToString(CultureInfo.InvariantCulture)}")
                .WithFallback(config);
        }

        return config.WithFallback(BuiltInConfig.Engine(config));
    }
}

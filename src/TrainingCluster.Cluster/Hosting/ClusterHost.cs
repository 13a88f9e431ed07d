using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Versions;
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

    private static long lastNumber;

    private readonly NodeLock _lock;
    private readonly ActorSystem _system;
    private readonly NodeActors _actors;
    private readonly TrainingOptions _options;
    private readonly string _incarnation;
    private readonly TimeProvider _clock;
    private bool _isDisposed;

    private ClusterHost(
        StateDirectory directory,
        NodeLock nodeLock,
        ActorSystem system,
        NodeActors actors,
        TrainingOptions options,
        string incarnation,
        TimeProvider clock)
    {
        Directory = directory;
        _lock = nodeLock;
        _system = system;
        _actors = actors;
        _options = options;
        _incarnation = incarnation;
        _clock = clock;
        Artifacts = new DirectoryArtifactStore(directory.ArtifactsPath);
    }

    public StateDirectory Directory { get; }

    public IArtifactStore Artifacts { get; }

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
            var incarnation = NewName(options.TimeProvider);
            await JoinAsync(system, training, cancellation).ConfigureAwait(false);
            var actors = NodeActors.Start(system, new NodeSetup(
                incarnation,
                options.Runner ?? new JobRunner(
                    options.TimeProvider,
                    CheckpointCadence.Default with { Interval = training.CheckpointInterval }),
                new DirectoryArtifactStore(directory.ArtifactsPath),
                new DirectoryCheckpointStore(directory.CheckpointsPath),
                directory.RegistryViewPath,
                options.TimeProvider,
                training)
            {
                Trials = new TrialInbox(directory.TrialsPath),
            });
            var host = new ClusterHost(
                directory, nodeLock, system, actors, training, incarnation, options.TimeProvider);
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
    public async Task<RunId> SubmitAsync(
        RunSpec spec, BarPanel bars, CancellationToken cancellation = default)
    {
        if (bars.Digest != spec.Data)
        {
            throw new ArgumentException(
                $"the bars are {bars.Digest}; the specification names {spec.Data}", nameof(bars));
        }

        RunPlan.Jobs(spec);
        var given = ImmutableArray.CreateBuilder<GivenVersion>();
        foreach (var id in spec.Inputs.Select(input => input.VersionId).Distinct(StringComparer.Ordinal))
        {
            given.Add(await FindAsync(id, cancellation).ConfigureAwait(false));
        }

        BarPanelArtifact.Put(Artifacts, bars);
        var accepted = await AskAsync<RunAnswers.Accepted>(
            _actors.Coordinator,
            new RunCommands.Submit(NewName(_clock), spec, given.ToImmutable()),
            cancellation).ConfigureAwait(false);
        return accepted.Run;
    }

    /// <summary>
    /// Waits until the run has ended, or stands still because it was paused. Cancelling ends the wait and not
    /// the run.
    /// </summary>
    /// <param name="progress">Told on threads of the cluster; must be quick.</param>
    /// <exception cref="RequestRefusedException">There is no such run.</exception>
    public async Task<RunSummary> WaitAsync(
        RunId run, IProgress<RunNews>? progress = null, CancellationToken cancellation = default)
    {
        var ended = new TaskCompletionSource<RunSummary>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = _system.ActorOf(
            RunListener.Props(run, _actors, _options.PollInterval, progress, ended),
            $"listener-{Interlocked.Increment(ref lastNumber)}");
        try
        {
            return await ended.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _system.Stop(listener);
        }
    }

    /// <summary>Stops the run's jobs after a checkpoint and waits until it stands still.</summary>
    /// <returns>The run as it stands: paused, or ended if its last job was done first.</returns>
    /// <exception cref="RequestRefusedException">There is no such run, or it has ended.</exception>
    public async Task<RunSummary> PauseAsync(RunId run, CancellationToken cancellation = default)
    {
        await AskAsync<RunAnswers.Accepted>(_actors.Coordinator, new RunCommands.Pause(run), cancellation)
            .ConfigureAwait(false);
        return await WaitAsync(run, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Goes on with a halted run; of a failed one, tries the jobs again that have no result.
    /// </summary>
    /// <exception cref="RequestRefusedException">There is no such run, or it has succeeded.</exception>
    public Task ResumeAsync(RunId run, CancellationToken cancellation = default) =>
        AskAsync<RunAnswers.Accepted>(_actors.Coordinator, new RunCommands.Resume(run), cancellation);

    /// <exception cref="RequestRefusedException">There is no such run, or it has ended.</exception>
    public Task CancelAsync(RunId run, CancellationToken cancellation = default) =>
        AskAsync<RunAnswers.Accepted>(_actors.Coordinator, new RunCommands.Cancel(run), cancellation);

    /// <exception cref="RequestRefusedException">There is no such run.</exception>
    public async Task<RunSummary> GetAsync(RunId run, CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Found>(_actors.Coordinator, new RunQueries.GetRun(run), cancellation)
            .ConfigureAwait(false)).Run;

    /// <summary>The nodes that offer slots.</summary>
    public async Task<ImmutableArray<NodeLine>> NodesAsync(CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Nodes>(_actors.Coordinator, new RunQueries.GetNodes(), cancellation)
            .ConfigureAwait(false)).Members;

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

    private static async Task JoinAsync(
        ActorSystem system, TrainingOptions options, CancellationToken cancellation)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.RegisterOnMemberUp(() => up.TrySetResult());
        if (system.Settings.Config.GetStringList("akka.cluster.seed-nodes").Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
        }

        try
        {
            await up.Task.WaitAsync(options.AnswerTimeout, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new NoAnswerException("join the cluster", options.AnswerTimeout, late);
        }
    }

    private async Task<GivenVersion> FindAsync(string text, CancellationToken cancellation)
    {
        if (VersionId.TryParse(text, out var id))
        {
            var found = await AskAsync<RegistryAnswers.Found>(
                _actors.Registry, new RegistryQueries.GetVersion(id), cancellation).ConfigureAwait(false);
            if (found.Version is { } version)
            {
                return new GivenVersion(version.Id, version.Digest);
            }
        }

        throw new RequestRefusedException(
            "unknown_version", $"the version '{text}' is not registered; "
                + "`trainctl train list` shows those that are");
    }

    // The singleton may be between two nodes, or replaying: the question is repeated until somebody answers.
    private async Task<TAnswer> AskAsync<TAnswer>(
        IActorRef whom, object question, CancellationToken cancellation)
    {
        var (patience, waited) = (_options.RetryInterval, TimeSpan.Zero);
        while (true)
        {
            try
            {
                var answer = await whom.Ask<object>(question, patience, cancellation).ConfigureAwait(false);
                return answer switch
                {
                    TAnswer wanted => wanted,
                    RunAnswers.Refused refused =>
                        throw new RequestRefusedException(refused.Code, refused.Text),
                    _ => throw new InvalidOperationException(
                        $"{question.GetType().Name} was answered with {answer.GetType().Name}"),
                };
            }
            catch (AskTimeoutException late)
            {
                waited += patience;
                if (waited >= _options.AnswerTimeout)
                {
                    throw new NoAnswerException(question.GetType().Name, _options.AnswerTimeout, late);
                }

                patience = patience * 2 < _options.RetryIntervalMax ? patience * 2 : _options.RetryIntervalMax;
            }
        }
    }

    // Unique among the processes of a machine at one time, and among the names of one process.
    private static string NewName(TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"{clock.GetUtcNow().ToUnixTimeMilliseconds()}-{Environment.ProcessId}-"
            + $"{Interlocked.Increment(ref lastNumber)}");
}

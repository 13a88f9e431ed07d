using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// What may be asked of a running cluster, from any of its members whatever its roles. Questions are repeated until
/// the coordinator or the registry answers, wherever it is by then; repeating them does no harm.
/// </summary>
public sealed partial class ClusterClient
{
    /// <summary>Runs that <see cref="ListAsync"/> gives at most: more would not fit into one message.</summary>
    public const int RunsListedMax = 200;

    private readonly ActorSystem _system;
    private readonly IActorRef _coordinator;
    private readonly IActorRef _registry;
    private readonly IActorRef _news;
    private readonly TrainingOptions _options;
    private readonly TimeProvider _clock;
    private long _lastNumber;

    private ClusterClient(ActorSystem system, TrainingOptions options, TimeProvider clock)
    {
        _system = system;
        _options = options;
        _clock = clock;
        _coordinator = Proxy(system, "coordinator", Roles.Coordinator);
        _registry = Proxy(system, "registry", Roles.Registry);
        _news = DistributedPubSub.Get(system).Mediator;
    }

    /// <summary>The members as this one sees them, by address.</summary>
    public ImmutableArray<MemberLine> Members
    {
        get
        {
            var state = Akka.Cluster.Cluster.Get(_system).State;
            return
            [
                .. state.Members
                    .Select(member => new MemberLine(
                        NodeNames.Of(member.UniqueAddress),
                        member.Address.ToString(),
                        member.Status.ToString().ToLowerInvariant(),
                        [.. member.Roles.Order(StringComparer.Ordinal)],
                        state.Unreachable.Contains(member)))
                    .OrderBy(member => member.Node, StringComparer.Ordinal),
            ];
        }
    }

    /// <param name="system">Of a member; its settings hold those under <c>training</c>.</param>
    /// <param name="clock">Only names of submissions depend on it.</param>
    /// <exception cref="TrainingOptionsException">Settings are out of range.</exception>
    public static ClusterClient Of(ActorSystem system, TimeProvider clock) =>
        new(system, TrainingOptions.From(system.Settings.Config, Environment.ProcessorCount), clock);

    /// <summary>Accepts the run and starts it. Its bars must be in the artifact store by then.</summary>
    /// <param name="submissionKey">The same key again is answered with the same run; null: a new one.</param>
    /// <exception cref="RunSpecException">The specification cannot be run; all violations are
    /// listed.</exception>
    /// <exception cref="RequestRefusedException">A version it starts from is not registered.</exception>
    /// <exception cref="NoAnswerException">Nobody answered in time; the run may have been accepted.</exception>
    public Task<RunId> SubmitAsync(
        RunSpec spec, string? submissionKey = null, CancellationToken cancellation = default) =>
        SubmitAsync(spec, static () => { }, submissionKey, cancellation);

    /// <inheritdoc cref="SubmitAsync(RunSpec, string?, CancellationToken)"/>
    /// <param name="storeBars">Called once nothing else can be wrong with the run, so that a refused one leaves no
    /// bars behind.</param>
    public async Task<RunId> SubmitAsync(
        RunSpec spec, Action storeBars, string? submissionKey = null, CancellationToken cancellation = default)
    {
        RunPlan.Jobs(spec);
        var given = await GivenAsync(spec, cancellation).ConfigureAwait(false);
        storeBars();
        return await DoAsync(new RunCommands.Submit(submissionKey ?? NewName(), spec, given), cancellation)
            .ConfigureAwait(false);
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
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = _system.ActorOf(
            RunListener.Props(run, _coordinator, _news, _options.PollInterval, progress, ended));
        try
        {
            await ended.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _system.Stop(listener);
        }

        return await GetAsync(run, cancellation).ConfigureAwait(false);
    }

    /// <summary>Stops the run's jobs after a checkpoint and waits until it stands still.</summary>
    /// <returns>The run as it stands: paused, or ended if its last job was done first.</returns>
    /// <exception cref="RequestRefusedException">There is no such run, or it has ended.</exception>
    public async Task<RunSummary> PauseAsync(RunId run, CancellationToken cancellation = default)
    {
        await DoAsync(new RunCommands.Pause(run), cancellation).ConfigureAwait(false);
        return await WaitAsync(run, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Goes on with a halted run; of a failed one, tries the jobs again that have no result.
    /// </summary>
    /// <exception cref="RequestRefusedException">There is no such run, or it has succeeded.</exception>
    public Task ResumeAsync(RunId run, CancellationToken cancellation = default) =>
        DoAsync(new RunCommands.Resume(run), cancellation);

    /// <exception cref="RequestRefusedException">There is no such run, or it has ended.</exception>
    public Task CancelAsync(RunId run, CancellationToken cancellation = default) =>
        DoAsync(new RunCommands.Cancel(run), cancellation);

    /// <exception cref="RequestRefusedException">There is no such run.</exception>
    public async Task<RunSummary> GetAsync(RunId run, CancellationToken cancellation = default)
    {
        var jobs = ImmutableArray.CreateBuilder<JobSummary>();
        while (true)
        {
            var found = await AskAsync<RunAnswers.Found>(
                _coordinator, new RunQueries.GetRun(run, jobs.Count), cancellation).ConfigureAwait(false);
            jobs.AddRange(found.Run.Jobs);
            if (jobs.Count >= found.JobCount)
            {
                return found.Run with { Jobs = jobs.ToImmutable() };
            }
        }
    }

    /// <summary>The newest runs first.</summary>
    /// <param name="countMax">1 to <see cref="RunsListedMax"/>.</param>
    public async Task<ImmutableArray<RunLine>> ListAsync(int countMax, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, RunsListedMax);

        return (await AskAsync<RunAnswers.Listed>(_coordinator, new RunQueries.GetRuns(countMax), cancellation)
            .ConfigureAwait(false)).Runs;
    }

    /// <summary>The nodes that offer slots, as the coordinator knows them.</summary>
    public async Task<ImmutableArray<NodeLine>> NodesAsync(CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Nodes>(_coordinator, new RunQueries.GetNodes(), cancellation)
            .ConfigureAwait(false)).Members;

    /// <summary>How a node that trains is doing.</summary>
    /// <param name="node">As <see cref="NodesAsync"/> or <see cref="Members"/> name it.</param>
    /// <exception cref="RequestRefusedException">There is no such node.</exception>
    /// <exception cref="NoAnswerException">It is there and does not answer, or does not train.</exception>
    public Task<NodeEvents.State> NodeStateAsync(string node, CancellationToken cancellation = default) =>
        AskNodeAsync(node, new NodeCommands.Report(), cancellation);

    /// <summary>Has a node take no more jobs until it is uncordoned or started again.</summary>
    /// <param name="node">As in <see cref="NodeStateAsync"/>.</param>
    /// <param name="isDrain">Also give back the jobs that run there, after a checkpoint: they go on elsewhere. It is
    /// drained when its state says that nothing is busy.</param>
    /// <exception cref="RequestRefusedException">There is no such node.</exception>
    /// <exception cref="NoAnswerException">It is there and does not answer, or does not train.</exception>
    public Task<NodeEvents.State> CordonAsync(
        string node, bool isDrain, CancellationToken cancellation = default) =>
        AskNodeAsync(node, new NodeCommands.Cordon(isDrain), cancellation);

    /// <summary>Has a cordoned node take jobs again.</summary>
    /// <param name="node">As in <see cref="NodeStateAsync"/>.</param>
    /// <exception cref="RequestRefusedException">There is no such node.</exception>
    /// <exception cref="NoAnswerException">It is there and does not answer, or does not train.</exception>
    public Task<NodeEvents.State> UncordonAsync(string node, CancellationToken cancellation = default) =>
        AskNodeAsync(node, new NodeCommands.Uncordon(), cancellation);

    /// <summary>Who holds what.</summary>
    public async Task<ClusterStatus> StatusAsync(CancellationToken cancellation = default)
    {
        var coordinator = await AskAsync<RunAnswers.Status>(_coordinator, new RunQueries.GetStatus(), cancellation)
            .ConfigureAwait(false);
        var registry = await AskAsync<RegistryAnswers.Status>(
            _registry, new RegistryQueries.GetStatus(), cancellation).ConfigureAwait(false);
        return new ClusterStatus(coordinator.Coordinator, registry.Node, registry.Versions, Members);
    }

    /// <summary>A registered version, or null.</summary>
    public async Task<ModelVersion?> FindVersionAsync(VersionId id, CancellationToken cancellation = default) =>
        (await AskAsync<RegistryAnswers.Found>(_registry, new RegistryQueries.GetVersion(id), cancellation)
            .ConfigureAwait(false)).Version;

    private Task<NodeEvents.State> AskNodeAsync(string node, object question, CancellationToken cancellation) =>
        Members.FirstOrDefault(member => member.Node == node) is { } member
            ? AskAsync<NodeEvents.State>(
                ((ExtendedActorSystem)_system).Provider.ResolveActorRef(
                    $"{member.Address}/user/{NodeActors.AgentName}"),
                question,
                cancellation)
            : throw new RequestRefusedException(
                "unknown_node", $"there is no node '{node}'; there are: "
                    + string.Join(", ", Members.Select(known => known.Node)));

    private static IActorRef Proxy(ActorSystem system, string name, string role) => system.ActorOf(
        ClusterSingletonProxy.Props(
            $"/user/{name}",
            ClusterSingletonProxySettings.Create(system)
                .WithRole(role)
                .WithSingletonName(NodeActors.SingletonName)));

    private async Task<GivenVersion> GivenAsync(string text, CancellationToken cancellation) =>
        VersionId.TryParse(text, out var id)
        && await FindVersionAsync(id, cancellation).ConfigureAwait(false) is { } version
            ? new GivenVersion(version.Id, version.Digest)
            : throw new RequestRefusedException(
                "unknown_version", $"the version '{text}' is not registered; "
                    + "`trainctl train list` shows those that are");

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

    // Unique in the cluster: by the member's number, its clock and its own count.
    private string NewName() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_clock.GetUtcNow().ToUnixTimeMilliseconds()}-"
            + $"{Akka.Cluster.Cluster.Get(_system).SelfUniqueAddress.Uid}-"
            + $"{Interlocked.Increment(ref _lastNumber)}");
}

/// <summary>The state of a cluster at one moment.</summary>
/// <param name="RegistryNode">The node that holds the registry.</param>
/// <param name="Versions">Registered ones.</param>
public sealed record ClusterStatus(
    CoordinatorStatus Coordinator, string RegistryNode, int Versions, ImmutableArray<MemberLine> Members);

/// <summary>A member of the cluster.</summary>
/// <param name="Node">Its identity, as in <see cref="NodeLine"/>.</param>
/// <param name="Address">What stays the same when its process is started again.</param>
/// <param name="Status">joining, up, leaving, exiting or down.</param>
/// <param name="Roles">Some of <see cref="Hosting.Roles"/>.</param>
/// <param name="IsUnreachable">It has not been heard of for a while; it still holds what it holds.</param>
public sealed record MemberLine(
    string Node, string Address, string Status, ImmutableArray<string> Roles, bool IsUnreachable);

using Akka.Actor;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>What administrators and their programs ask.</summary>
public sealed partial class ClusterClient
{
    /// <summary>Versions that <see cref="VersionsAsync"/> gives at most: more would not fit into one message.</summary>
    public const int VersionsListedMax = 100;

    /// <summary>Commands that <see cref="CommandsAsync"/> gives at most.</summary>
    public const int CommandsListedMax = 200;

    /// <summary>
    /// Has the coordinator take a command in. Without an origin it is given one of its own, so that it stands in the
    /// log and may be repeated until there is an answer.
    /// </summary>
    /// <returns>The run it is about.</returns>
    /// <exception cref="RequestRefusedException">The rules do not allow it; the code is one of
    /// <see cref="Refusals"/>.</exception>
    /// <exception cref="NoAnswerException">Nobody answered in time; it may have been taken in.</exception>
    public async Task<RunId> DoAsync(RunCommand command, CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Accepted>(
            _coordinator,
            command.Origin is null ? command with { Origin = new CommandOrigin(NewName(), "local") } : command,
            cancellation).ConfigureAwait(false)).Run;

    /// <summary>Accepts a run whose bars are in the artifact store.</summary>
    /// <exception cref="RunSpecException">The specification cannot be run; all violations are
    /// listed.</exception>
    /// <exception cref="RequestRefusedException">The rules do not allow it, or a version it starts from is not
    /// registered.</exception>
    public async Task<RunId> SubmitAsync(
        RunSpec spec, int priority, CommandOrigin origin, CancellationToken cancellation = default)
    {
        RunPlan.Jobs(spec);
        var given = await GivenAsync(spec, cancellation).ConfigureAwait(false);
        return await DoAsync(
            new RunCommands.Submit($"{origin.By}:{origin.Id}", spec, given) { Priority = priority, Origin = origin },
            cancellation).ConfigureAwait(false);
    }

    /// <exception cref="NoAnswerException">There is no coordinator right now.</exception>
    public async Task<CoordinatorStatus> CoordinatorAsync(CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Status>(_coordinator, new RunQueries.GetStatus(), cancellation)
            .ConfigureAwait(false)).Coordinator;

    /// <exception cref="NoAnswerException">There is no registry right now.</exception>
    public Task<RegistryAnswers.Status> RegistryAsync(CancellationToken cancellation = default) =>
        AskAsync<RegistryAnswers.Status>(_registry, new RegistryQueries.GetStatus(), cancellation);

    /// <exception cref="RequestRefusedException">There is no such run or job.</exception>
    public async Task<JobExplanation> ExplainAsync(
        RunId run, string job, CancellationToken cancellation = default) =>
        (await AskAsync<RunAnswers.Explained>(_coordinator, new RunQueries.Explain(run, job), cancellation)
            .ConfigureAwait(false)).Job;

    /// <summary>Who did what in the last day, the newest first.</summary>
    /// <param name="countMax">1 to <see cref="CommandsListedMax"/>.</param>
    public async Task<ImmutableArray<RunEvents.CommandTaken>> CommandsAsync(
        int countMax, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, CommandsListedMax);

        return (await AskAsync<RunAnswers.Commands>(
            _coordinator, new RunQueries.GetCommands(countMax), cancellation).ConfigureAwait(false)).Taken;
    }

    /// <summary>Versions in the order of their ids.</summary>
    /// <param name="type">Only of this type; null: of any.</param>
    /// <param name="name">Only of this name; null: of any.</param>
    /// <param name="skip">How many of them to pass over.</param>
    /// <param name="countMax">1 to <see cref="VersionsListedMax"/>.</param>
    public async Task<RegistryAnswers.Listed> VersionsAsync(
        string? type, string? name, int skip, int countMax, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, VersionsListedMax);

        return await AskAsync<RegistryAnswers.Listed>(
            _registry, new RegistryQueries.ListVersions(type, name, skip, countMax), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Hands on what happens to runs and jobs from now on until it is disposed of.</summary>
    /// <param name="take">Called on threads of the cluster, one news at a time; must be quick.</param>
    public IDisposable Listen(Action<RunNews> take) =>
        new Listening(_system, _system.ActorOf(NewsListener.Props(_news, take)));

    private async Task<ImmutableArray<GivenVersion>> GivenAsync(RunSpec spec, CancellationToken cancellation)
    {
        var given = ImmutableArray.CreateBuilder<GivenVersion>();
        foreach (var id in spec.Inputs.Select(input => input.VersionId).Distinct(StringComparer.Ordinal))
        {
            given.Add(await GivenAsync(id, cancellation).ConfigureAwait(false));
        }

        return given.ToImmutable();
    }

    private sealed class Listening(ActorSystem system, IActorRef listener) : IDisposable
    {
        public void Dispose() => system.Stop(listener);
    }
}

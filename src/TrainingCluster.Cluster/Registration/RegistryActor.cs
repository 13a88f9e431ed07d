using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Views;

namespace TrainingCluster.Cluster.Registration;

/// <summary>
/// The only writer of versions: a singleton of the cluster whose journal is the registry. A registration is
/// committed by its event, after the artifacts are found in the store. When it restarts it replays its
/// journal and writes the view again.
/// </summary>
internal sealed class RegistryActor : ReceivePersistentActor
{
    private readonly IArtifactStore _artifacts;
    private readonly string? _viewPath;
    private readonly TrialInbox? _inbox;
    private RegistryState _state = RegistryState.Empty;

    public RegistryActor(IArtifactStore artifacts, string? viewPath, TrialInbox? inbox = null)
    {
        _artifacts = artifacts;
        _viewPath = viewPath;
        _inbox = inbox;
        Recover<RegistryEvent>(happened => _state = _state.Apply(happened));
        Recover<RecoveryCompleted>(_ =>
        {
            WriteView();
            Self.Tell(TakeTrials.Instance);
        });
        Command<TakeTrials>(_ => OnTakeTrials());
        Command<RegistryCommands.Register>(OnRegister);
        Command<RegistryQueries.GetVersion>(query =>
            Sender.Tell(new RegistryAnswers.Found(query.Id, _state.Find(query.Id))));
        Command<RegistryQueries.GetTrials>(query => Sender.Tell(new RegistryAnswers.Trials(
            query.Data, _state.Trials.Count(query.Data), _state.Trials.SharpeVariance(query.Data))));
        Command<RegistryQueries.ListVersions>(Answer);
        Command<RegistryQueries.GetStatus>(_ => Sender.Tell(new RegistryAnswers.Status(
            NodeNames.Of(Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress),
            _state.EventCount,
            _state.Versions.Count)));
        CommandAny(message => Log.Warning(
            "The registry has no rule for {0} from {1}", message.GetType(), Sender));
    }

    public override string PersistenceId => PersistenceIds.Registry;

    /// <param name="viewPath">Of <c>registry.json</c>; null writes no view.</param>
    /// <param name="inbox">Where processes without a cluster leave trials; null: nowhere.</param>
    public static Props Props(IArtifactStore artifacts, string? viewPath, TrialInbox? inbox = null) =>
        Akka.Actor.Props.Create(() => new RegistryActor(artifacts, viewPath, inbox));

    private void Answer(RegistryQueries.ListVersions query)
    {
        var fitting = _state.Versions.Values.Where(version =>
            (query.Type is null || version.Id.Model.Type == query.Type)
            && (query.Name is null || version.Id.Model.Name == query.Name)).ToArray();
        Sender.Tell(new RegistryAnswers.Listed(
            [.. fitting.Skip(query.Skip).Take(query.CountMax).Select(VersionLine.Of)], fitting.Length));
    }

    private void OnRegister(RegistryCommands.Register command)
    {
        var missing = MissingArtifacts(command.Version);
        if (missing.Length > 0)
        {
            Sender.Tell(new RegistryAnswers.Refused(command.Version.RunId, command.Version.JobId, missing));
            return;
        }

        var decision = _state.Decide(command.Version);
        var answer = AnswerOf(command.Version, decision.Answer);
        if (decision.Events.IsEmpty)
        {
            Sender.Tell(answer);
            return;
        }

        var (asker, left) = (Sender, decision.Events.Length);
        PersistAll(decision.Events, happened =>
        {
            _state = _state.Apply(happened);
            if (--left == 0)
            {
                WriteView();
                asker.Tell(answer);
                Self.Tell(TakeTrials.Instance);
            }
        });
    }

    /// <summary>
    /// Moves trials from the inbox into the journal: stored first, taken out afterwards, so that a crash between the
    /// two counts none twice and loses none.
    /// </summary>
    private void OnTakeTrials()
    {
        foreach (var pending in Pending())
        {
            var events = _state.Decide(pending.Trial);
            if (events.IsEmpty)
            {
                _inbox!.Remove(pending);
                continue;
            }

            // One at a time: the next is decided once this one is counted.
            PersistAll(events, happened =>
            {
                _state = _state.Apply(happened);
                _inbox!.Remove(pending);
                WriteView();
                Self.Tell(TakeTrials.Instance);
            });
            return;
        }
    }

    // A damaged file must not stop the registry; whoever reads the state directory is told of it.
    private ImmutableArray<PendingTrial> Pending()
    {
        try
        {
            return _inbox?.List() ?? [];
        }
        catch (Exception failure) when (failure is JournalCorruptException or IOException
            or UnauthorizedAccessException)
        {
            Log.Warning("Trials could not be taken in: {0}", failure.Message);
            return [];
        }
    }

    private ImmutableArray<RegistrationProblem> MissingArtifacts(RegisterVersion version) =>
        [.. version.Files
            .Where(file => !_artifacts.Contains(file.Digest))
            .Select(file => new RegistrationProblem("artifact_missing",
                $"the file '{file.Role}' is {file.Digest}, which is not in the artifact store; "
                    + "store it first"))];

    private static object AnswerOf(RegisterVersion version, RegistryAnswer answer) => answer switch
    {
        VersionAccepted accepted => new RegistryAnswers.Registered(
            version.RunId, version.JobId, accepted.Version, accepted.WasThere),
        VersionRefused refused => new RegistryAnswers.Refused(version.RunId, version.JobId, refused.Problems),
        _ => throw new InvalidOperationException($"no message for {answer.GetType().Name}"),
    };

    // The view is for readers outside; without it nothing is lost, so a full disk must not stop the registry.
    private void WriteView()
    {
        if (_viewPath is null)
        {
            return;
        }

        try
        {
            var aside = _viewPath + ".new";
            File.WriteAllText(aside, RegistryJson.Write(_state));
            File.Move(aside, _viewPath, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Warning("{0} could not be written: {1}", _viewPath, failure.Message);
        }
    }

    /// <summary>To itself: look into the inbox.</summary>
    private sealed class TakeTrials
    {
        public static readonly TakeTrials Instance = new();
    }
}

using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using Akka.Persistence;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// Assigns the jobs of all runs to slots and takes their results: a singleton of the cluster whose journal is
/// the <see cref="RunLedger"/>. It decides by <see cref="RunRules"/>, stores, then acts; what it tells others
/// it repeats until its journal says that it is done. On every start it stores that it is active, and the
/// sequence number of that event is the fencing number of all it does from then on.
/// </summary>
internal sealed class RunCoordinator : ReceivePersistentActor, IWithTimers
{
    private sealed record Reconcile : INoSerializationVerificationNeeded;

    private readonly CoordinatorTools _tools;
    private readonly Dictionary<string, NodeOffer> _nodes = [];
    private readonly CoordinatorLimits _limits;
    private readonly string _node;
    private HashSet<string>? _members;
    private RunLedger _ledger = RunLedger.Empty;

    public RunCoordinator(CoordinatorTools tools)
    {
        _tools = tools;
        _limits = CoordinatorLimits.Of(tools.Options);
        _node = NodeNames.Of(Akka.Cluster.Cluster.Get(Context.System).SelfUniqueAddress);
        Recover<IRunEvent>(happened => _ledger = _ledger.Apply(happened, LastSequenceNr));
        Recover<RecoveryCompleted>(_ => Activate());
        Command<RunCommand>(command => Carry(CommandRules.Take(_ledger, command, _limits, Now)));
        Command<RunQueries.GetRun>(Answer);
        Command<RunQueries.GetRuns>(Answer);
        Command<RunQueries.GetNodes>(_ => Sender.Tell(new RunAnswers.Nodes(_ledger.Fence, NodeLines())));
        Command<RunQueries.Explain>(Answer);
        Command<RunQueries.GetStatus>(_ => Sender.Tell(new RunAnswers.Status(
            CoordinatorStatus.Of(_node, _ledger, NodeLines()))));
        Command<RunQueries.GetCommands>(query => Sender.Tell(new RunAnswers.Commands(
            [.. _ledger.Commands.All.Reverse().Take(query.CountMax)])));
        Command<NodeEvents.Announced>(OnAnnounced);
        Command<IAboutAttempt>(word => Carry(RunRules.Hear(_ledger, word, Now)));
        Command<Reconcile>(_ => OnReconcile());
        Command<ClusterEvent.CurrentClusterState>(state =>
            _members = [.. state.Members.Select(member => NodeNames.Of(member.UniqueAddress))]);
        Command<ClusterEvent.MemberRemoved>(removed => OnRemoved(NodeNames.Of(removed.Member.UniqueAddress)));
        Command<ClusterEvent.IMemberEvent>(OnMember);
        CommandAny(message => Log.Warning(
            "The coordinator has no rule for {0} from {1} under fence {2}",
            message.GetType(), Sender, _ledger.Fence));
    }

    public override string PersistenceId => PersistenceIds.Coordinator;

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => _tools.Clock.GetUtcNow();

    public static Props Props(CoordinatorTools tools) =>
        Akka.Actor.Props.Create(() => new RunCoordinator(tools));

    protected override void PreStart()
    {
        base.PreStart();
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot,
            typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop()
    {
        Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        base.PostStop();
    }

    private void Activate()
    {
        Carry(RunRules.Activate(_ledger, _tools.Incarnation, _tools.Options.ResumeOnRecovery, Now));
        Timers.StartPeriodicTimer(nameof(Reconcile), new Reconcile(), _tools.Options.ReconcileInterval);
    }

    private void Carry(RunDecision decision)
    {
        var now = Now;
        var closed = RunConsequences.Close(_ledger, decision, now);
        var events = closed.Events.AddRange(Assignments(closed.Events, now));
        var (asker, left) = (Sender, events.Length);
        if (events.IsEmpty)
        {
            Reply(asker, decision.Answer);
            return;
        }

        PersistAll(events, happened =>
        {
            OnStored(happened);
            if (--left == 0)
            {
                Reply(asker, decision.Answer);
            }
        });
    }

    // Before the activation is stored there is no fencing number to assign under.
    private ImmutableArray<IRunEvent> Assignments(ImmutableArray<IRunEvent> events, DateTimeOffset now) =>
        events.Any(happened => happened is RunEvents.Activated)
            ? []
            : RunDispatch.Assign(
                events.Aggregate(_ledger, (ledger, happened) => ledger.Apply(happened, LastSequenceNr)),
                _nodes.Values,
                now);

    private static void Reply(IActorRef asker, object? answer)
    {
        if (answer is not null)
        {
            asker.Tell(answer);
        }
    }

    private void OnStored(IRunEvent happened)
    {
        var before = _ledger;
        _ledger = _ledger.Apply(happened, LastSequenceNr);
        if (happened is not IEventOfRun ofRun)
        {
            Log.Info("The coordinator is active under fence {0}", _ledger.Fence);
            return;
        }

        var run = _ledger.Runs[ofRun.Run];
        foreach (var news in NewsOfEvents.Of(ofRun, run))
        {
            _tools.News.Tell(new Publish(RunNews.Topic, news));
        }

        switch (happened)
        {
            case RunEvents.JobAssigned assigned:
                Drive(run, run.Job(assigned.Job));
                break;
            case RunEvents.JobFailed { IsFinal: true } failed:
                PutAway(run, run.Job(failed.Job));
                break;
            case RunEvents.JobCancelled cancelled
                when before.Runs[ofRun.Run].Job(cancelled.Job) is var job && job.Status.IsActive():
                Stop(run, job, cancelled.Reason);
                break;
            case RunEvents.JobQuarantined quarantined
                when before.Runs[ofRun.Run].Job(quarantined.Job) is var job && job.Status.IsActive():
                Stop(run, job, Reasons.Quarantined);
                break;
            case RunEvents.JobPaused paused when run.Job(paused.Job) is var job && job.Status.IsActive():
                Drive(run, job);
                break;
            case RunEvents.Paused:
                DriveActive(run.Id);
                break;
        }
    }

    // For people: without it nothing else is lost, so a full disk must not stop the coordinator.
    private void PutAway(RunState run, JobState job)
    {
        try
        {
            _tools.Quarantine?.Put(run, job, _ledger.Fence);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Warning("{0} of {1} could not be put into quarantine: {2}", job.Id, run.Id, failure.Message);
        }
    }

    private void DriveActive(RunId? only = null, string? node = null)
    {
        foreach (var (run, job) in _ledger.ActiveJobs.ToArray())
        {
            if ((only is null || run.Id == only) && (node is null || job.Node == node))
            {
                Drive(run, job);
            }
        }
    }

    // Tells the trainer what the ledger wants of its attempt. It may be told any number of times.
    private void Drive(RunState run, JobState job)
    {
        if (run.Status.IsHalted() || job.IsHeld)
        {
            Stop(run, job, (run.Status.IsHalted() ? run.Reason : null) ?? Reasons.Requested);
        }
        else if (job.Node is { } node && _nodes.TryGetValue(node, out var offer))
        {
            _tools.Trainers.Tell(StartOrders.Of(run, job, _ledger.Fence, offer.AgentPath));
        }
    }

    private void Stop(RunState run, JobState job, string reason)
    {
        if (job.Node is { } node && _nodes.TryGetValue(node, out var offer))
        {
            _tools.Trainers.Tell(new JobCommands.Stop(
                new JobAttempt(run.Id, job.Id, job.Attempt), _ledger.Fence, reason, offer.AgentPath));
        }
    }

    private void OnAnnounced(NodeEvents.Announced announced)
    {
        var isNew = !_nodes.TryGetValue(announced.Node, out var known)
            || known.AgentPath != announced.AgentPath
            || known.Slots != announced.Slots;
        if (!isNew)
        {
            return;
        }

        _nodes[announced.Node] = new NodeOffer(announced.Node, announced.AgentPath, announced.Slots)
        {
            Devices = announced.Devices,
        };
        Log.Info("Node {0} offers {1} slots", announced.Node, announced.Slots);
        DriveActive(node: announced.Node);
        Carry(new RunDecision([], null));
    }

    // A node on its way out takes no more jobs; those it has are its own to end.
    private void OnMember(ClusterEvent.IMemberEvent changed)
    {
        var node = NodeNames.Of(changed.Member.UniqueAddress);
        _members?.Add(node);
        if (changed.Member.Status is MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down
            && _nodes.TryGetValue(node, out var offer))
        {
            _nodes[node] = offer with { Slots = 0 };
        }
    }

    private void OnRemoved(string node)
    {
        _members?.Remove(node);
        _nodes.Remove(node);
        Carry(RunRules.LoseNode(_ledger, node, Now));
    }

    private void OnReconcile()
    {
        if (_members is { } members
            && _ledger.ActiveJobs.Select(active => active.Job.Node).FirstOrDefault(
                node => node is not null && !members.Contains(node)) is { } gone)
        {
            Carry(RunRules.LoseNode(_ledger, gone, Now));
        }

        DriveActive();
    }

    private void Answer(RunQueries.GetRun query) => Sender.Tell(_ledger.Find(query.Run) is { } run
        ? FoundOf(RunSummary.Of(run), query.FirstJob)
        : new RunAnswers.Refused(query.Run, Refusals.UnknownRun, $"there is no run {query.Run}"));

    private static RunAnswers.Found FoundOf(RunSummary run, int firstJob) => new(
        run with { Jobs = [.. run.Jobs.Skip(firstJob).Take(RunAnswers.Found.JobsMax)] },
        run.Jobs.Length,
        run.IsStill);

    private void Answer(RunQueries.GetRuns query) => Sender.Tell(new RunAnswers.Listed(
        [.. _ledger.Runs.Values.Reverse().Take(query.CountMax).Select(RunLine.Of)]));

    private void Answer(RunQueries.Explain query)
    {
        var run = _ledger.Find(query.Run);
        Sender.Tell(run?.FindJob(query.Job) is { } job
            ? new RunAnswers.Explained(JobExplanation.Of(_ledger, run, job, NodeLines()))
            : new RunAnswers.Refused(
                query.Run,
                run is null ? Refusals.UnknownRun : Refusals.UnknownJob,
                run is null ? $"there is no run {query.Run}" : $"the run {query.Run} has no job '{query.Job}'"));
    }

    private ImmutableArray<NodeLine> NodeLines()
    {
        var busy = _ledger.ActiveJobs.ToLookup(active => active.Job.Node);
        return
        [
            .. _nodes.Values
                .OrderBy(node => node.Node, StringComparer.Ordinal)
                .Select(node => new NodeLine(node.Node, node.Slots, busy[node.Node].Count())
                {
                    Devices = node.Devices,
                }),
        ];
    }
}

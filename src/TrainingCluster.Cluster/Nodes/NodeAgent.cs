using Akka.Actor;
using Akka.Event;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Workers;

namespace TrainingCluster.Cluster.Nodes;

/// <summary>
/// One on each node that trains, made by the node itself and outside the cluster's reach: workers live while
/// trainers and coordinators move. It owns the slots, supervises the attempts and tells the coordinator that
/// it is there. An attempt that fails takes down nothing but itself.
/// </summary>
internal sealed class NodeAgent : ReceiveActor, IWithTimers
{
    /// <summary>
    /// Stop all workers after a checkpoint, take no more, and answer <see cref="Drained"/>.
    /// </summary>
    internal sealed record Drain(string Reason) : INoSerializationVerificationNeeded;

    /// <summary>No worker's thread runs any more.</summary>
    internal sealed record Drained : INoSerializationVerificationNeeded;

    private sealed record Announce : INoSerializationVerificationNeeded;

    private readonly string _node;
    private readonly string _path;
    private readonly IActorRef _coordinator;
    private readonly WorkerTools _tools;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<(RunId Run, string Job), Held> _held = [];
    private readonly HashSet<IActorRef> _lost = [];
    private readonly List<IActorRef> _drainers = [];
    private long _lastNumber;
    private bool _isDraining;
    private bool _isCordoned;

    public NodeAgent(string node, string path, IActorRef coordinator, WorkerTools tools)
    {
        _node = node;
        _path = path;
        _coordinator = coordinator;
        _tools = tools;
        Receive<WorkerCommands.Start>(OnStart);
        Receive<WorkerCommands.Stop>(stop => Forward(stop));
        Receive<WorkerCommands.Release>(release => Forward(release));
        Receive<JobSupervisor.SlotFreed>(freed => OnSlotFreed(freed.Attempt));
        Receive<JobSupervisor.WorkerLost>(lost => OnWorkerLost(lost.Attempt));
        Receive<Terminated>(gone => OnSupervisorGone(gone.ActorRef));
        Receive<Announce>(_ => Tell());
        Receive<Drain>(OnDrain);
        Receive<NodeCommands.Cordon>(OnCordon);
        Receive<NodeCommands.Uncordon>(_ => OnUncordon());
        Receive<NodeCommands.Report>(_ => Sender.Tell(State()));
        ReceiveAny(message => _log.Warning(
            "The agent of {0} has no rule for {1} from {2}", _node, message.GetType(), Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private int Busy => _lost.Count + _held.Values.Count(held => held.IsBusy);

    // What a worker that does not obey holds is no slot any more.
    private int Slots => _isDraining || _isCordoned ? 0 : Math.Max(0, _tools.Options.Slots - _lost.Count);

    /// <param name="node">The node's identity in the cluster.</param>
    /// <param name="path">Where trainers on other nodes reach this actor.</param>
    public static Props Props(string node, string path, IActorRef coordinator, WorkerTools tools) =>
        Akka.Actor.Props.Create(() => new NodeAgent(node, path, coordinator, tools));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(fault =>
    {
        _log.Error(fault, "A supervisor on {0} failed", _node);
        return Directive.Stop;
    });

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Announce), new Announce(), _tools.Options.AnnounceInterval);
        Tell();
    }

    private void Tell()
    {
        // A node that drains says so, or it would be given work until it has left.
        _coordinator.Tell(new NodeEvents.Announced(_node, _path, Slots, Busy - _lost.Count)
        {
            Devices = _tools.Devices,
        });
    }

    private void OnStart(WorkerCommands.Start start)
    {
        var key = (start.Attempt.Run, start.Attempt.Job);
        if (!_held.TryGetValue(key, out var held))
        {
            Begin(start, Sender);
        }
        else if (start.Fence < held.Fence || start.Attempt.Number < held.Attempt.Number)
        {
            Refuse(start, "stale_fence");
        }
        else if (start.Attempt.Number == held.Attempt.Number)
        {
            held.Fence = start.Fence;
            held.Supervisor.Forward(start);
        }
        else
        {
            _log.Info("{0} takes the place of {1}", start.Attempt, held.Attempt);
            held.Fence = start.Fence;
            held.Successor = (start, Sender);
            held.Supervisor.Tell(new JobSupervisor.Abandon("superseded"));
        }
    }

    private void Begin(WorkerCommands.Start start, IActorRef trainer)
    {
        if (_isDraining || _isCordoned || Busy >= _tools.Options.Slots)
        {
            Refuse(start, "no_free_slot", trainer);
            return;
        }

        var supervisor = Context.Watch(Context.ActorOf(
            JobSupervisor.Props(start, trainer, _tools), $"job-{++_lastNumber}"));
        _held[(start.Attempt.Run, start.Attempt.Job)] = new Held(start.Attempt, supervisor, start.Fence);
        Tell();
    }

    private void Forward(IAboutAttempt message)
    {
        if (_held.TryGetValue((message.Attempt.Run, message.Attempt.Job), out var held)
            && held.Attempt == message.Attempt
            && message.Fence >= held.Fence)
        {
            held.Fence = message.Fence;
            held.Supervisor.Forward(message);
        }
        else if (message is WorkerCommands.Stop)
        {
            Refuse(message, "unknown");
        }
    }

    private void Refuse(IAboutAttempt message, string code, IActorRef? to = null) =>
        (to ?? Sender).Tell(new WorkerEvents.Refused(message.Attempt, message.Fence, code));

    private void OnWorkerLost(JobAttempt attempt)
    {
        var key = (attempt.Run, attempt.Job);
        if (!_held.TryGetValue(key, out var held) || held.Attempt != attempt || !held.Supervisor.Equals(Sender))
        {
            return;
        }

        _held.Remove(key);
        _lost.Add(held.Supervisor);
        held.Supervisor.Tell(new JobSupervisor.Abandon("lost"));
        if (held.Successor is { } next)
        {
            Begin(next.Start, next.Trainer);
        }

        Tell();
    }

    private void OnSlotFreed(JobAttempt attempt)
    {
        if (_lost.Remove(Sender))
        {
            _log.Info("The worker of {0} has ended after all", attempt);
            AnswerDrainers();
            Tell();
            return;
        }

        if (_held.TryGetValue((attempt.Run, attempt.Job), out var held) && held.Attempt == attempt)
        {
            held.IsBusy = false;
            AnswerDrainers();
            Tell();
        }
    }

    private void OnSupervisorGone(IActorRef supervisor)
    {
        _lost.Remove(supervisor);
        var (key, held) = _held.FirstOrDefault(entry => entry.Value.Supervisor.Equals(supervisor));
        if (held is null)
        {
            return;
        }

        _held.Remove(key);
        if (held.Successor is { } next)
        {
            Begin(next.Start, next.Trainer);
        }

        AnswerDrainers();
        Tell();
    }

    private void OnCordon(NodeCommands.Cordon cordon)
    {
        _isCordoned = true;
        Tell();
        if (cordon.IsDrain)
        {
            foreach (var held in _held.Values)
            {
                held.Successor = null;
                held.Supervisor.Tell(new JobSupervisor.Abandon("drained"));
            }
        }

        Sender.Tell(State());
    }

    private void OnUncordon()
    {
        _isCordoned = false;
        Tell();
        Sender.Tell(State());
    }

    private NodeEvents.State State() => new(
        _node,
        Slots,
        Busy - _lost.Count,
        _lost.Count,
        _isCordoned || _isDraining,
        _tools.Devices,
        Environment.WorkingSet,
        Environment.CpuUsage.TotalTime.TotalSeconds);

    private void OnDrain(Drain drain)
    {
        _isDraining = true;
        _drainers.Add(Sender);
        Tell();
        foreach (var held in _held.Values)
        {
            held.Successor = null;
            held.Supervisor.Tell(new JobSupervisor.Abandon(drain.Reason));
        }

        AnswerDrainers();
    }

    private void AnswerDrainers()
    {
        if (!_isDraining || Busy > _lost.Count)
        {
            return;
        }

        foreach (var drainer in _drainers)
        {
            drainer.Tell(new Drained());
        }

        _drainers.Clear();
    }

    private sealed class Held(JobAttempt attempt, IActorRef supervisor, long fence)
    {
        public JobAttempt Attempt { get; } = attempt;

        public IActorRef Supervisor { get; } = supervisor;

        public long Fence { get; set; } = fence;

        public bool IsBusy { get; set; } = true;

        public (WorkerCommands.Start Start, IActorRef Trainer)? Successor { get; set; }
    }
}

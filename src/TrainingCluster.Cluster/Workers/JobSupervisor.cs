using Akka.Actor;
using Akka.Event;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// Holds one attempt on a node: made by the <see cref="NodeAgent"/>, parent of the one
/// <see cref="TrainingWorker"/>. Its supervisor strategy is the recovery policy: a numerical fault restarts
/// the worker with the next plan, as often as the plan allows; every other fault stops it. It tells whichever
/// trainer attached last, and keeps the outcome until that trainer releases it, so that a trainer that comes
/// back later still learns of it.
/// </summary>
internal sealed class JobSupervisor : ReceiveActor, IWithTimers
{
    /// <summary>To the agent: the worker's thread has ended, the slot is free.</summary>
    internal sealed record SlotFreed(JobAttempt Attempt) : INoSerializationVerificationNeeded;

    /// <summary>
    /// To the agent: the worker does not obey. Its thread keeps the slot until it ends by itself, if ever, and the
    /// attempt is over.
    /// </summary>
    internal sealed record WorkerLost(JobAttempt Attempt) : INoSerializationVerificationNeeded;

    /// <summary>From the agent: checkpoint, stop and go away; nobody waits for the outcome.</summary>
    internal sealed record Abandon(string Reason) : INoSerializationVerificationNeeded;

    private sealed record StopOverdue : INoSerializationVerificationNeeded;

    private readonly WorkOrder _order;
    private readonly WorkerTools _tools;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private RecoveryPlan _plan;
    private NumericalInstabilityException? _instability;
    private Exception? _fault;
    private IActorRef _worker = ActorRefs.Nobody;
    private IActorRef _trainer;
    private long _fence;
    private long _generation;
    private string? _stopReason;
    private Func<long, IAboutAttempt>? _outcome;
    private bool _isThreadGone;
    private bool _isAbandoned;

    public JobSupervisor(WorkerCommands.Start start, IActorRef trainer, WorkerTools tools)
    {
        _order = WorkOrder.Of(start);
        _tools = tools;
        _plan = start.Recovery;
        _trainer = trainer;
        _fence = start.Fence;
        Receive<WorkerCommands.Start>(OnAttach);
        Receive<TrainingWorker.Ready>(_ => OnReady());
        Receive<TrainingWorker.Done>(done => OnThreadGone(
            fence => new WorkerEvents.Finished(_order.Attempt, fence, done.Result)));
        Receive<TrainingWorker.Halted>(_ => OnThreadGone(
            fence => new WorkerEvents.Stopped(_order.Attempt, fence, _stopReason ?? Reasons.Requested)));
        Receive<TrainingWorker.Hung>(hung => OnHung(hung.Silence));
        Receive<Terminated>(_ => OnWorkerGone());
        Receive<WorkerCommands.Stop>(OnStop);
        Receive<StopOverdue>(_ => OnStopOverdue());
        Receive<WorkerCommands.Release>(_ => OnRelease());
        Receive<Abandon>(OnAbandon);
        ReceiveAny(message => _log.Warning(
            "The supervisor of {0} has no rule for {1} from {2}", _order.Attempt, message.GetType(), Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerCommands.Start start, IActorRef trainer, WorkerTools tools) =>
        Akka.Actor.Props.Create(() => new JobSupervisor(start, trainer, tools));

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(RecoveryPlan.MaximumAttempts, null, Decide);

    protected override void PreStart()
    {
        _worker = Context.Watch(Context.ActorOf(TrainingWorker.Props(_tools), "worker"));
        _trainer.Tell(new WorkerEvents.Attached(_order.Attempt, _fence));
    }

    private Directive Decide(Exception fault)
    {
        _fault = fault;
        if (fault is not NumericalInstabilityException instability || _stopReason is not null)
        {
            return Directive.Stop;
        }

        var next = _plan.Next(instability);
        if (next.Exhausted)
        {
            return Directive.Stop;
        }

        _plan = next;
        _instability = instability;
        return Directive.Restart;
    }

    private void OnReady()
    {
        if (_stopReason is not null)
        {
            _worker.Tell(new TrainingWorker.Halt());
            return;
        }

        if (_instability is { } instability)
        {
            _log.Warning("{0}: {1}; fault {2} of {3}, going on from the last finite checkpoint",
                _order.Attempt, instability.Message, _plan.Attempt, RecoveryPlan.MaximumAttempts);
            _trainer.Tell(new WorkerEvents.Recovering(
                _order.Attempt, _fence, _plan, instability.Where, instability.Step));
            _instability = null;
        }

        _worker.Tell(new TrainingWorker.Begin(++_generation, _order with { Recovery = _plan }));
    }

    private void OnAttach(WorkerCommands.Start start)
    {
        _trainer = Sender;
        _fence = Math.Max(_fence, start.Fence);
        _trainer.Tell(new WorkerEvents.Attached(_order.Attempt, _fence));
        if (_plan.Attempt > start.Recovery.Attempt && _outcome is null)
        {
            _trainer.Tell(new WorkerEvents.Recovering(_order.Attempt, _fence, _plan, "an earlier step", 0));
        }

        TellOutcome();
    }

    private void OnStop(WorkerCommands.Stop stop)
    {
        _trainer = Sender;
        _fence = Math.Max(_fence, stop.Fence);
        if (_outcome is not null)
        {
            TellOutcome();
            return;
        }

        BeginStop(stop.Reason);
    }

    private void BeginStop(string reason)
    {
        if (_stopReason is null)
        {
            _stopReason = reason;
            Timers.StartSingleTimer(nameof(StopOverdue), new StopOverdue(), _tools.Options.StopTimeout);
        }

        _worker.Tell(new TrainingWorker.Halt());
    }

    private void OnStopOverdue()
    {
        _log.Error("{0} was told to stop ({1}) and has not for {2}; its thread keeps its slot until it ends",
            _order.Attempt, _stopReason, _tools.Options.StopTimeout);
        Settle(fence => new WorkerEvents.Failed(_order.Attempt, fence, Reasons.WorkerHung,
            $"told to stop ({_stopReason}), it went on for {_tools.Options.StopTimeout}",
            IsWorthRepeating: false));
        Context.Parent.Tell(new WorkerLost(_order.Attempt));
    }

    // Nothing ends a thread from outside: it keeps its slot, and the job runs again on another.
    private void OnHung(TimeSpan silence)
    {
        if (_outcome is not null)
        {
            return;
        }

        var detail = $"it has shown no sign of life for {silence.TotalSeconds:0.#} s";
        _log.Error("{0} hangs: {1}; its thread keeps its slot until it ends", _order.Attempt, detail);
        _worker.Tell(new TrainingWorker.Halt());
        Settle(fence => new WorkerEvents.Failed(
            _order.Attempt, fence, Reasons.WorkerHung, detail, IsWorthRepeating: true));
        Context.Parent.Tell(new WorkerLost(_order.Attempt));
    }

    private void OnThreadGone(Func<long, IAboutAttempt> outcome)
    {
        _isThreadGone = true;
        Timers.Cancel(nameof(StopOverdue));
        Context.Parent.Tell(new SlotFreed(_order.Attempt));
        Settle(outcome);
        StopIfAbandoned();
    }

    private void OnWorkerGone()
    {
        var fault = _fault;
        var (reason, isWorthRepeating) = fault is null ? (Reasons.WorkerError, true) : FaultReasons.Of(fault);
        var detail = fault?.Message ?? "the worker ended without a word";
        if (fault is not null && !_isThreadGone)
        {
            _log.Error(fault, "{0} failed: {1}", _order.Attempt, reason);
        }

        OnThreadGone(_stopReason is { } stopped && fault is null
            ? fence => new WorkerEvents.Stopped(_order.Attempt, fence, stopped)
            : fence => new WorkerEvents.Failed(_order.Attempt, fence, reason, detail, isWorthRepeating));
    }

    // The first outcome stands: what comes later is the end of a thread that was given up.
    private void Settle(Func<long, IAboutAttempt> outcome)
    {
        if (_outcome is null)
        {
            _outcome = outcome;
            TellOutcome();
        }
    }

    private void TellOutcome()
    {
        if (_outcome is { } outcome)
        {
            _trainer.Tell(outcome(_fence));
        }
    }

    private void OnRelease()
    {
        _isAbandoned = true;
        StopIfAbandoned();
    }

    private void OnAbandon(Abandon abandon)
    {
        _isAbandoned = true;
        if (_outcome is null)
        {
            BeginStop(abandon.Reason);
        }

        StopIfAbandoned();
    }

    private void StopIfAbandoned()
    {
        if (_isAbandoned && _isThreadGone)
        {
            Context.Stop(Self);
        }
    }
}

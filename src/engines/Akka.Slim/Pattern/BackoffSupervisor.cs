using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Parent of one child, which is started again after a delay that doubles each time. Messages go to the child;
/// its own go to the supervisor's parent. A restart of the supervisor starts the child at once.
/// </summary>
public sealed class BackoffSupervisor : ActorBase
{
    private readonly BackoffPlan _plan;
    private IActorRef? _child;
    private int _restarts;
    private bool _finalStop;

    /// <summary>The child failed and is being stopped, to be started again.</summary>
    private bool _isFailing;

    /// <summary>Of those that count; on the monotonic clock.</summary>
    private TimeSpan _firstFailure;

    internal BackoffSupervisor(BackoffPlan plan) => _plan = plan;

    public static Props Props(BackoffOptions options)
    {
        var plan = ((PlannedBackoffOptions)options).Plan;
        return Akka.Actor.Props.Create(() => new BackoffSupervisor(plan));
    }

    public static Props Props(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        int maxNrOfRetries) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    protected override SupervisorStrategy SupervisorStrategy() => _plan.Trigger == BackoffTrigger.Stop
        ? _plan.Strategy
        : new OneForOneStrategy(
            _plan.Strategy.MaxNumberOfRetries, _plan.Strategy.WithinTimeRangeMilliseconds, Decide);

    protected override void PreStart() => Start();

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                ChildStopped();
                break;
            case StartChild:
                Start();
                break;
            case Reset when _plan.AutoReset is not null:
                Unhandled(message);
                break;
            case Reset:
                _restarts = 0;
                break;
            case ResetRestartCount reset:
                if (reset.Current == _restarts)
                    _restarts = 0;
                break;
            case GetRestartCount:
                Sender.Tell(new RestartCount(_restarts));
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child ?? ActorRefs.Nobody));
                break;
            default:
                PassOn(message);
                break;
        }
        return true;
    }

    private void Start()
    {
        if (_child is not null)
            return;
        _child = Context.Watch(Context.ActorOf(_plan.ChildProps, _plan.ChildName));
        if (_plan.AutoReset is { } after)
            Context.System.Scheduler.ScheduleTellOnce(after, Self, new ResetRestartCount(_restarts), Self);
    }

    /// <summary>A restart becomes a stop, and a new start once the child has ended.</summary>
    private Directive Decide(Exception cause)
    {
        var directive = _plan.Strategy.Decider.Decide(cause);
        if (directive != Directive.Restart)
            return directive;
        var now = Context.System.Scheduler.MonotonicClock;
        var window = _plan.Strategy.WithinTimeRangeMilliseconds;
        if (window > 0 && now - _firstFailure > TimeSpan.FromMilliseconds(window))
            _restarts = 0;
        if (_restarts == 0)
            _firstFailure = now;
        _isFailing = true;
        return Directive.Stop;
    }

    private void ChildStopped()
    {
        _child = null;
        var mayRestart = _plan.Trigger == BackoffTrigger.Stop || _isFailing;
        _isFailing = false;
        if (_finalStop || !mayRestart || !_plan.Allows(_restarts))
        {
            Context.Stop(Self);
            return;
        }
        var delay = _plan.Delay(_restarts, ((ActorSystemImpl)Context.System).NextRandom());
        _restarts++;
        Context.System.Scheduler.ScheduleTellOnce(delay, Self, StartChild.Instance, Self);
    }

    private void PassOn(object message)
    {
        if (_child is not null && Sender.Equals(_child))
        {
            Context.Parent.Tell(message);
            return;
        }
        var isFinal = _plan.FinalStopMessage?.Invoke(message) == true;
        if (_child is not null)
        {
            _finalStop |= isFinal;
            _child.Forward(message);
            return;
        }
        if (_plan.ReplyWhileStopped is { } reply)
            Sender.Tell(reply);
        else
            Context.System.DeadLetters.Forward(message);
        if (isFinal)
            Context.Stop(Self);
    }

    public sealed class GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>Nobody while the supervisor waits.</summary>
    public sealed class CurrentChild(IActorRef @ref)
    {
        public IActorRef Ref { get; } = @ref;
    }

    public sealed class Reset
    {
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    public sealed class GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    public sealed class RestartCount(int count)
    {
        public int Count { get; } = count;
    }

    private sealed class StartChild : IDeadLetterSuppression
    {
        public static readonly StartChild Instance = new();
    }

    private sealed class ResetRestartCount(int current) : IDeadLetterSuppression
    {
        public int Current { get; } = current;
    }
}

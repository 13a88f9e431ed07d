using Akka.Actor;

namespace TrainingCluster.EngineTests.Actors;

/// <summary>
/// An actor that does what a message tells it to and passes everything else on to a listener.
/// </summary>
internal sealed class Agent : UntypedActor, IWithStash, IWithTimers
{
    private readonly IActorRef _listener;
    private readonly AgentScript _script;

    public Agent(IActorRef listener, AgentScript? script = null)
    {
        _listener = listener;
        _script = script ?? new AgentScript();
        _script.Constructed?.Invoke();
    }

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    public new IActorRef Sender => base.Sender;

    public new IActorRef Self => base.Self;

    public IUntypedActorContext Cell => Context;

    public static Props Props(IActorRef listener, AgentScript? script = null) =>
        Akka.Actor.Props.Create(() => new Agent(listener, script));

    public new void Become(UntypedReceive receive) => base.Become(receive);

    protected override SupervisorStrategy SupervisorStrategy() =>
        _script.Strategy ?? base.SupervisorStrategy();

    protected override void PreStart() => Report("PreStart");

    protected override void PostStop() => Report("PostStop");

    protected override void PreRestart(Exception reason, object message)
    {
        Report("PreRestart");
        if (_script.PreRestart is { } keep)
            keep(this);
        else
            base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Report("PostRestart");
        base.PostRestart(reason);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Do run:
                run.Action(this);
                break;
            case DoAsync run:
                RunTask(() => run.Action(this));
                break;
            case Exception failure:
                throw failure;
            case "unhandled":
            case Terminated when _script.IgnoresTerminated:
                Unhandled(message);
                break;
            default:
                _listener.Tell(message);
                break;
        }
    }

    private void Report(string step)
    {
        if (_script.ReportsLife)
            _listener.Tell(step);
    }
}

internal sealed record AgentScript
{
    public bool ReportsLife { get; init; }

    public bool IgnoresTerminated { get; init; }

    public Action? Constructed { get; init; }

    public Action<Agent>? PreRestart { get; init; }

    public SupervisorStrategy? Strategy { get; init; }
}

internal sealed record Do(Action<Agent> Action);

internal sealed record DoAsync(Func<Agent, Task> Action);

internal sealed class BoomException(string message = "boom") : Exception(message);

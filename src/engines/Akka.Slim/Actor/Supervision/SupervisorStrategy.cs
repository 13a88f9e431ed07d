using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor answers the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>
    /// Stop for a child that could not start, was killed, or did not handle Terminated; Restart for every
    /// other exception.
    /// </summary>
    public static readonly IDecider DefaultDecider = Akka.Actor.Decider.From(static cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    /// <summary>One for one, unlimited restarts, the default decider.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops a child whatever its failure.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    private protected SupervisorStrategy()
    {
    }

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>False = escalate.</summary>
    internal bool HandleFailure(
        ActorCell cell,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        Func<IReadOnlyCollection<ChildRestartStats>> allStats)
    {
        var directive = Handle(child, cause);
        switch (directive)
        {
            case Directive.Escalate:
                LogFailure(cell, child, cause, directive);
                return false;
            case Directive.Resume:
                LogFailure(cell, child, cause, directive);
                ((IInternalActorRef)child).Resume(cause);
                return true;
            default:
                LogFailure(cell, child, cause, directive);
                ProcessFailure(cell, directive == Directive.Restart, child, cause, stats, allStats);
                return true;
        }
    }

    protected virtual Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    private protected abstract void ProcessFailure(
        ActorCell cell,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        Func<IReadOnlyCollection<ChildRestartStats>> allStats);

    private protected static void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var target = (IInternalActorRef)child;
        if (suspendFirst)
            target.Suspend();
        target.Restart(cause);
    }

    /// <summary>
    /// Publishes the failure: Resume as a warning, Restart and Stop as an error, Escalate not at all.
    /// </summary>
    protected virtual void LogFailure(
        IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled)
            return;
        var source = child.Path.ToString();
        var shown = cause is ActorInitializationException { InnerException: { } inner } ? inner : cause;
        LogEvent? entry = directive switch
        {
            Directive.Resume => new Warning(cause, source, GetType(), shown.Message),
            Directive.Escalate => null,
            _ => new Error(cause, source, GetType(), shown.Message),
        };
        if (entry is not null)
            context.System.EventStream.Publish(entry);
    }
}

using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Root of all actors. An instance is one incarnation; its members are called by the engine, one at a time.
/// </summary>
public abstract class ActorBase
{
    private IActorRef? _released;
    private Receive? _defaultReceive;
    private SupervisorStrategy? _strategy;

    protected ActorBase()
    {
        if (ActorCell.Current is not { } cell)
        {
            throw new ActorInitializationException(
                $"{GetType()} was made by 'new'; start actors with ActorOf and Props instead.");
        }
        cell.Equip(this);
    }

    /// <summary>Handles nothing: every message is unhandled.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    /// <exception cref="NotSupportedException">No actor runs on this thread, as after an await on another
    /// scheduler.</exception>
    protected static IActorContext Context => CurrentCell;

    protected IActorRef Self => _released ?? Context.Self;

    protected IActorRef Sender => Context.Sender;

    internal static ActorCell CurrentCell => ActorCell.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext; it is used outside of a message handler, or after an await that "
            + "left the actor.");

    internal bool IsReleased => _released is not null;

    internal Receive DefaultReceive => _defaultReceive ??= Receive;

    internal SupervisorStrategy SupervisorStrategyInternal => _strategy ??= SupervisorStrategy();

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        (this as IWithTimers)?.Timers.CancelAll();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    public virtual void AroundPostStop()
    {
        (this as IWithTimers)?.Timers.CancelAll();
        PostStop();
    }

    /// <summary>False = the message was not handled, and <see cref="Unhandled"/> has been called.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    protected abstract bool Receive(object message);

    /// <summary>Publishes <see cref="UnhandledMessage"/>.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>
    /// How failures of this actor's children are answered; asked once for each incarnation.
    /// </summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    protected virtual void PreStart()
    {
    }

    /// <summary>Called on the failed incarnation: stops the children, then <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Called on the new incarnation in place of <see cref="PreStart"/>, which it calls.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual void PostStop()
    {
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    internal void Clear(IActorRef self) => _released = self;
}

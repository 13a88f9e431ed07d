using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Handles a message; false = it did not.</summary>
public delegate bool Receive(object message);

/// <summary>Handles a message.</summary>
public delegate void UntypedReceive(object message);

/// <summary>Asks to be told when another actor ends.</summary>
public interface ICanWatch
{
    /// <summary>
    /// One <see cref="Terminated"/> arrives when the subject has ended, at once if it already has.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is watched already, with another message.</exception>
    IActorRef Watch(IActorRef subject);

    /// <summary>As Watch, but the given message arrives in place of <see cref="Terminated"/>.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Also takes back a <see cref="Terminated"/> that waits in the mailbox.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor may do while it handles a message. Not to be used from other threads.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>Who sent the current message; the dead letters where it has no sender.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    MessageDispatcher Dispatcher { get; }

    TimeSpan? ReceiveTimeout { get; }

    void Become(Receive receive);

    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>The living child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    /// <summary>
    /// Sends <see cref="Actor.ReceiveTimeout"/> after this long without a message; null = off.
    /// </summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    void Stop(IActorRef child);
}

/// <summary>A context whose behaviours need not say whether they handled a message.</summary>
public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}

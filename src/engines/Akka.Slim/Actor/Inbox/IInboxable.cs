namespace Akka.Actor;

/// <summary>A mailbox that is emptied from outside of any actor.</summary>
public interface IInboxable : ICanWatch
{
    /// <summary>Whose messages it takes.</summary>
    IActorRef Receiver { get; }

    /// <exception cref="TimeoutException">No message came in akka.actor.inbox.default-timeout.</exception>
    object Receive();

    /// <exception cref="TimeoutException">No message came in time.</exception>
    object Receive(TimeSpan timeout);

    /// <summary>
    /// The next message, or a <see cref="Status.Failure"/> with a <see cref="TimeoutException"/> as its cause.
    /// </summary>
    Task<object> ReceiveAsync();

    /// <inheritdoc cref="ReceiveAsync()"/>
    Task<object> ReceiveAsync(TimeSpan timeout);

    /// <summary>The first message that fits; others stay.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    object ReceiveWhere(Predicate<object> predicate);

    /// <inheritdoc cref="ReceiveWhere(Predicate{object})"/>
    object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout);

    /// <summary>Sends with the inbox as sender.</summary>
    void Send(IActorRef target, object message);
}

namespace Akka.Actor;

/// <summary>Lets code outside of actors watch actors and receive messages.</summary>
public class Inbox : IInboxable, IDisposable
{
    private readonly ActorSystem _system;
    private readonly TimeSpan _defaultTimeout;

    private Inbox(ActorSystem system, TimeSpan defaultTimeout, IActorRef receiver)
    {
        _system = system;
        _defaultTimeout = defaultTimeout;
        Receiver = receiver;
    }

    public IActorRef Receiver { get; }

    public static Inbox Create(ActorSystem system)
    {
        var config = system.Settings.Config;
        var capacity = config.GetInt("akka.actor.inbox.inbox-size");
        var receiver = ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new InboxActor(capacity)));
        return new Inbox(system, config.GetTimeSpan("akka.actor.inbox.default-timeout"), receiver);
    }

    public object Receive() => Receive(_defaultTimeout);

    public object Receive(TimeSpan timeout) => ReceiveWhere(static _ => true, timeout);

    public Task<object> ReceiveAsync() => ReceiveAsync(_defaultTimeout);

    public Task<object> ReceiveAsync(TimeSpan timeout) => Take(static _ => true, timeout);

    public object ReceiveWhere(Predicate<object> predicate) => ReceiveWhere(predicate, _defaultTimeout);

    public object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout) =>
        Take(predicate, timeout).GetAwaiter().GetResult() is var message
            && message is Status.Failure { Cause: TimeoutException }
                ? throw new TimeoutException($"{Receiver} got no message that fits within {timeout}.")
                : message;

    public void Send(IActorRef actorRef, object message) => actorRef.Tell(message, Receiver);

    public IActorRef Watch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.Watch(subject, null), ActorRefs.NoSender);
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        Receiver.Tell(new InboxActor.Watch(subject, message), ActorRefs.NoSender);
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.Unwatch(subject), ActorRefs.NoSender);
        return subject;
    }

    public void Dispose()
    {
        _system.Stop(Receiver);
        GC.SuppressFinalize(this);
    }

    private Task<object> Take(Predicate<object> fits, TimeSpan timeout) =>
        Receiver.Ask<object>(new InboxActor.Query(fits, timeout), Timeout.InfiniteTimeSpan);
}

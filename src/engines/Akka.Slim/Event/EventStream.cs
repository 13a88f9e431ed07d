using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// The bus of one actor system: dead letters, unhandled messages, log entries, whatever is published.
/// </summary>
public class EventStream : LoggingBus
{
    private readonly ConcurrentQueue<IActorRef> _unseen = new();
    private volatile IActorRef? _unsubscriber;

    private readonly bool _debug;

    /// <param name="debug">Subscriptions are logged, as <see cref="Debug"/> entries on the stream itself.</param>
    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        if (_debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"subscribing {subscriber} to channel {channel}"));
        var added = base.Subscribe(subscriber, channel);
        _unseen.Enqueue(subscriber);
        Register();
        return added;
    }

    internal void StartUnsubscriber(ActorSystemImpl system)
    {
        _unsubscriber = system.SystemActorOf(
            Props.Create(() => new EventStreamUnsubscriber(this)));
        Register();
    }

    /// <summary>Subscribers from before the unsubscriber was there wait in the queue.</summary>
    private void Register()
    {
        if (_unsubscriber is not { } unsubscriber)
            return;
        while (_unseen.TryDequeue(out var subscriber))
            unsubscriber.Tell(new EventStreamUnsubscriber.Register(subscriber), ActorRefs.NoSender);
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}

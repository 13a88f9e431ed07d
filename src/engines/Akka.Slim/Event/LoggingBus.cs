using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Delivers events to subscribers by type: a subscription takes the type, its subclasses and implementations.
/// </summary>
public class LoggingBus
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Type, IActorRef[]> _subscribersOf = new();
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Entries below it are not worth making.</summary>
    public LogLevel LogLevel { get; internal set; } = LogLevel.InfoLevel;

    /// <summary>False when the subscription exists already.</summary>
    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            if (_subscriptions.Any(each => each.Channel == classifier && each.Subscriber.Equals(subscriber)))
                return false;
            _subscriptions.Add(new Subscription(subscriber, classifier, []));
            _subscribersOf.Clear();
            return true;
        }
    }

    /// <summary>
    /// Ends the subscription to the type; of subscriptions to its bases or interfaces the type is left out from
    /// now on. False when there was neither.
    /// </summary>
    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(each => each.Channel == classifier && each.Subscriber.Equals(subscriber))
            || LeaveOut(subscriber, classifier);
    }

    /// <summary>Ends all subscriptions of one actor; false when it had none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(each => each.Subscriber.Equals(subscriber));
    }

    public virtual void Publish(object @event)
    {
        var type = @event.GetType();
        if (!_subscribersOf.TryGetValue(type, out var subscribers))
            subscribers = Find(type);
        foreach (var subscriber in subscribers)
            subscriber.Tell(@event, ActorRefs.NoSender);
    }

    internal bool HasSubscriber(IActorRef subscriber)
    {
        lock (_lock)
            return _subscriptions.Any(each => each.Subscriber.Equals(subscriber));
    }

    internal void SubscribeTo(IActorRef logger, LogLevel level)
    {
        for (var each = level; each <= LogLevel.ErrorLevel; each++)
            Subscribe(logger, each.ClassFor());
    }

    private IActorRef[] Find(Type type)
    {
        lock (_lock)
        {
            IActorRef[] found =
            [
                .. _subscriptions.Where(each => each.Takes(type))
                    .Select(each => each.Subscriber).Distinct(),
            ];
            _subscribersOf[type] = found;
            return found;
        }
    }

    private bool LeaveOut(IActorRef subscriber, Type classifier)
    {
        lock (_lock)
        {
            var wider = _subscriptions.FindAll(
                each => each.Subscriber.Equals(subscriber) && each.Takes(classifier));
            foreach (var each in wider)
                each.Except.Add(classifier);
            _subscribersOf.Clear();
            return wider.Count > 0;
        }
    }

    private bool Remove(Predicate<Subscription> which)
    {
        lock (_lock)
        {
            if (_subscriptions.RemoveAll(which) == 0)
                return false;
            _subscribersOf.Clear();
            return true;
        }
    }

    private sealed record Subscription(IActorRef Subscriber, Type Channel, List<Type> Except)
    {
        public bool Takes(Type type) =>
            Channel.IsAssignableFrom(type) && !Except.Any(each => each.IsAssignableFrom(type));
    }
}

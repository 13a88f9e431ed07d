using Akka.Event;

namespace Akka.Actor;

/// <summary>Keeps messages until somebody asks for one, and askers until a message fits.</summary>
/// <param name="capacity">Messages beyond it are dropped.</param>
internal sealed class InboxActor(int capacity) : ActorBase, IWithTimers
{
    private readonly LinkedList<object> _messages = new();
    private readonly List<(Query Query, IActorRef Asker)> _waiting = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _hasWarned;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Query query:
                Answer(query);
                break;
            case Expired expired:
                Expire(expired.Query);
                break;
            case Watch { Message: { } notice } watch:
                Context.WatchWith(watch.Subject, notice);
                break;
            case Watch watch:
                Context.Watch(watch.Subject);
                break;
            case Unwatch unwatch:
                Context.Unwatch(unwatch.Subject);
                break;
            default:
                Take(message);
                break;
        }
        return true;
    }

    private void Answer(Query query)
    {
        for (var node = _messages.First; node is not null; node = node.Next)
        {
            if (!query.Fits(node.Value))
                continue;
            _messages.Remove(node);
            Sender.Tell(node.Value);
            return;
        }
        _waiting.Add((query, Sender));
        if (query.Timeout > TimeSpan.Zero)
            Timers.StartSingleTimer(query, new Expired(query), query.Timeout);
        else
            Expire(query);
    }

    private void Expire(Query query)
    {
        var at = _waiting.FindIndex(each => ReferenceEquals(each.Query, query));
        if (at < 0)
            return;
        _waiting[at].Asker.Tell(new Status.Failure(new TimeoutException("No message came in time.")));
        _waiting.RemoveAt(at);
    }

    private void Take(object message)
    {
        var at = _waiting.FindIndex(each => each.Query.Fits(message));
        if (at >= 0)
        {
            _waiting[at].Asker.Tell(message);
            Timers.Cancel(_waiting[at].Query);
            _waiting.RemoveAt(at);
        }
        else if (_messages.Count < capacity)
        {
            _messages.AddLast(message);
        }
        else if (!_hasWarned)
        {
            _hasWarned = true;
            _log.Warning(
                "Dropping message: the inbox is full; akka.actor.inbox.inbox-size is {0}.", capacity);
        }
    }

    internal sealed record Watch(IActorRef Subject, object? Message);

    internal sealed record Unwatch(IActorRef Subject);

    /// <summary>A class, not a record: two askers may ask for the same.</summary>
    internal sealed class Query(Predicate<object> fits, TimeSpan timeout)
    {
        public Predicate<object> Fits { get; } = fits;

        public TimeSpan Timeout { get; } = timeout;
    }

    private sealed record Expired(Query Query);
}

using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The cell as watcher and as watched.</summary>
internal sealed partial class ActorCell
{
    private static readonly object PlainWatch = new();

    /// <summary>Who is watched, with the message to deliver or <see cref="PlainWatch"/>.</summary>
    private Dictionary<IActorRef, object>? _watching;
    private HashSet<IInternalActorRef>? _watchedBy;

    /// <summary>Ends whose message waits in the mailbox; taken out by Unwatch.</summary>
    private Dictionary<IActorRef, object>? _terminatedQueued;

    public IActorRef Watch(IActorRef subject) => Watch(subject, PlainWatch);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var internalSubject = (IInternalActorRef)subject;
        if (!subject.Equals(_self) && _watching is not null && _watching.Remove(subject))
            internalSubject.SendSystemMessage(new Unwatch(internalSubject, _self));
        _terminatedQueued?.Remove(subject);
        return subject;
    }

    internal bool IsWatching(IActorRef subject) => _watching is not null && _watching.ContainsKey(subject);

    private IActorRef Watch(IActorRef subject, object message)
    {
        var internalSubject = (IInternalActorRef)subject;
        if (subject.Equals(_self))
            return subject;
        _watching ??= [];
        // Who watches already keeps the message of the first call.
        if (!_watching.TryAdd(subject, message))
            return subject;
        internalSubject.SendSystemMessage(new Watch(internalSubject, _self));
        return subject;
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(terminated.ActorRef, out var message))
            return;
        ReceiveMessage(ReferenceEquals(message, PlainWatch) ? terminated : message);
    }

    /// <summary>A Terminated that was stashed will come again, and must be let through again.</summary>
    internal void ExpectTerminatedAgain(IActorRef subject) =>
        (_terminatedQueued ??= []).TryAdd(subject, PlainWatch);

    private void WatchedActorTerminated(DeathWatchNotification notification)
    {
        var actor = notification.Actor;
        if (_watching is not null && _watching.Remove(actor, out var message) && !IsTerminating)
        {
            (_terminatedQueued ??= []).TryAdd(actor, message);
            _self.Tell(
                new Terminated(
                    actor, notification.ExistenceConfirmed, notification.AddressTerminated), actor);
        }
        if (_children is { } children && children.Contains(actor))
            HandleChildTerminated(children, actor);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        var watcheeIsSelf = watchee.Equals(_self);
        var watcherIsSelf = watcher.Equals(_self);
        if (watcheeIsSelf && !watcherIsSelf)
            (_watchedBy ??= []).Add(watcher);
        else if (!watcheeIsSelf && watcherIsSelf)
            Watch(watchee);
        else
            Publish(new Warning(
                _self.Path.ToString(), LogClass, $"Watch({watchee}, {watcher}) does not concern {_self}."));
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(_self))
            _watchedBy?.Remove(watcher);
        else if (watcher.Equals(_self))
            Unwatch(watchee);
    }

    private void TellWatchersWeDied()
    {
        if (_watchedBy is null)
            return;
        foreach (var watcher in _watchedBy)
        {
            // The parent is told in any case.
            if (!watcher.Equals(_parent))
                watcher.SendSystemMessage(new DeathWatchNotification(_self, true, false));
        }
        _watchedBy = null;
    }

    private void UnwatchAll()
    {
        if (_watching is null)
            return;
        foreach (var subject in _watching.Keys)
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }
        _watching = null;
        _terminatedQueued = null;
    }
}

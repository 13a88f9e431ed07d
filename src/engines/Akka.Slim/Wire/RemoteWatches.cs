using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Wire;

/// <summary>
/// Who watches whom between this node and one other. Neither side's cell can know when the other node has
/// gone, so it is known here. Not thread-safe.
/// </summary>
internal sealed class RemoteWatches
{
    private readonly Dictionary<IActorRef, HashSet<IInternalActorRef>> _ours = [];
    private readonly HashSet<(IInternalActorRef Watchee, IInternalActorRef Watcher)> _theirs = [];

    /// <summary>Our actors that watch theirs.</summary>
    public IEnumerable<(IInternalActorRef Watchee, IInternalActorRef Watcher)> Ours =>
        from entry in _ours
        from watcher in entry.Value
        select ((IInternalActorRef)entry.Key, watcher);

    /// <summary>Their actors that watch ours.</summary>
    public IReadOnlyCollection<(IInternalActorRef Watchee, IInternalActorRef Watcher)> Theirs => _theirs;

    /// <summary>Keeps up with what is sent to the other node.</summary>
    public void Note(SystemMessage outgoing, IInternalActorRef recipient)
    {
        switch (outgoing)
        {
            case Watch watch:
                AddOurs(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveOurs(unwatch.Watchee, unwatch.Watcher);
                break;
            case DeathWatchNotification death:
                _theirs.Remove(((IInternalActorRef)death.Actor, recipient));
                break;
        }
    }

    public void AddTheirs(IInternalActorRef watchee, IInternalActorRef watcher) =>
        _theirs.Add((watchee, watcher));

    public void RemoveTheirs(IInternalActorRef watchee, IInternalActorRef watcher) =>
        _theirs.Remove((watchee, watcher));

    /// <summary>
    /// Ends a watch because the watchee has died; gives it as the watcher knows it, which may be without uid.
    /// Null where the watcher does not watch it any more.
    /// </summary>
    public IInternalActorRef? End(
        IInternalActorRef dead, IInternalActorRef deadWithoutUid, IInternalActorRef watcher)
    {
        foreach (var watchee in (IInternalActorRef[])[dead, deadWithoutUid])
        {
            if (RemoveOurs(watchee, watcher))
            {
                return watchee;
            }
        }

        return null;
    }

    private void AddOurs(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_ours.TryGetValue(watchee, out var watchers))
        {
            _ours.Add(watchee, watchers = []);
        }

        watchers.Add(watcher);
    }

    private bool RemoveOurs(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_ours.TryGetValue(watchee, out var watchers) || !watchers.Remove(watcher))
        {
            return false;
        }

        if (watchers.Count == 0)
        {
            _ours.Remove(watchee);
        }

        return true;
    }
}

using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The sender of an ask: its first message completes the task, later ones are dead letters. It gets a path,
/// and is
/// registered under it, only when somebody looks at the path; an ask between local actors never does.
/// </summary>
internal sealed class FutureActorRef<T>(LocalActorRefProvider provider) : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _completion = new(provider.Completions);
    private readonly Lock _lock = new();
    private ActorPath? _path;
    private ITimer? _timer;
    private CancellationTokenRegistration _cancellation;
    private HashSet<IInternalActorRef>? _watchers;
    private bool _done;

    public Task<T> Task => _completion.Task;

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => provider.TempContainer;

    public override bool IsTerminated => Volatile.Read(ref _done);

    public override ActorPath Path
    {
        get
        {
            if (_path is { } existing)
                return existing;
            lock (_lock)
            {
                if (_path is null)
                {
                    var path = provider.TempPath();
                    if (!_done)
                        provider.RegisterTempActor(this, path);
                    _path = path;
                }
                return _path;
            }
        }
    }

    private protected override bool AcceptsNull => true;

    public void StartTimer(TimeSpan limit)
    {
        var timer = provider.Time.CreateTimer(
            static state =>
            {
                var (self, limit) = ((FutureActorRef<T>, TimeSpan))state!;
                self.TimeOut(limit);
            },
            (this, limit),
            limit,
            System.Threading.Timeout.InfiniteTimeSpan);
        _timer = timer;
        if (Volatile.Read(ref _done))
            timer.Dispose();
    }

    public void CancelWith(CancellationToken token)
    {
        _cancellation = token.UnsafeRegister(
            static (state, token) =>
            {
                var self = (FutureActorRef<T>)state!;
                if (self.Finish())
                    self._completion.TrySetCanceled(token);
            },
            this);
        if (Volatile.Read(ref _done))
            _cancellation.Unregister();
    }

    public void TimeOut(TimeSpan limit)
    {
        if (Finish())
            _completion.TrySetException(new AskTimeoutException($"Timeout after {limit.TotalSeconds:0.00} seconds"));
    }

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                lock (_lock)
                {
                    if (!_done)
                    {
                        (_watchers ??= []).Add(watch.Watcher);
                        return;
                    }
                }
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, true, false));
                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this):
                lock (_lock)
                    _watchers?.Remove(unwatch.Watcher);
                break;
            case Terminate:
                Stop();
                break;
            case DeathWatchNotification notification:
                Tell(
                    new Terminated(
                        notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated),
                    notification.Actor);
                break;
        }
    }

    public override void Stop()
    {
        if (Finish())
            _completion.TrySetException(new ActorKilledException($"{this} was stopped."));
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is PoisonPill)
        {
            Stop();
            return;
        }
        if (!Finish())
        {
            provider.DeadLetters.Tell(new DeadLetter(message, sender ?? provider.DeadLetters, this), sender);
            return;
        }
        switch (message)
        {
            case T answer:
                _completion.TrySetResult(answer);
                break;
            case null:
                _completion.TrySetResult(default!);
                break;
            case Status.Failure failure:
                _completion.TrySetException(
                    failure.Cause ?? new InvalidOperationException("The failure has no cause."));
                break;
            default:
                _completion.TrySetException(new ArgumentException(
                    $"Received message of type [{message.GetType()}] - Ask expected message of type "
                    + $"[{typeof(T)}]"));
                provider.DeadLetters.Tell(new DeadLetter(message, sender ?? provider.DeadLetters, this), sender);
                break;
        }
    }

    /// <summary>True for the one caller that may complete the task.</summary>
    private bool Finish()
    {
        HashSet<IInternalActorRef>? watchers;
        lock (_lock)
        {
            if (_done)
                return false;
            _done = true;
            watchers = _watchers;
            _watchers = null;
            if (_path is not null)
                provider.UnregisterTempActor(_path);
        }
        _timer?.Dispose();
        _cancellation.Unregister();
        foreach (var watcher in watchers ?? [])
            watcher.SendSystemMessage(new DeathWatchNotification(this, true, false));
        return true;
    }
}

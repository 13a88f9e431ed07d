using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// What the engine tells a cell outside of its user queue. A message links to the next, so one instance may
/// be sent once only.
/// </summary>
internal abstract class SystemMessage
{
    internal SystemMessage? Next { get; set; }

    /// <summary>Must wait while the cell waits for its children to stop before it restarts.</summary>
    internal virtual bool WaitsForChildren => false;

    /// <summary>Must wait while the cell itself is suspended by a failure.</summary>
    internal virtual bool WaitsForRecovery => false;
}

internal sealed class Create : SystemMessage;

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;

    internal override bool WaitsForChildren => true;
}

internal sealed class Suspend : SystemMessage
{
    internal override bool WaitsForChildren => true;
}

internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;

    internal override bool WaitsForChildren => true;
}

internal sealed class Terminate : SystemMessage;

internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>
/// From a child to its parent; the uid tells a failure of an earlier incarnation from the present one's.
/// </summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public long Uid { get; } = uid;

    internal override bool WaitsForChildren => true;

    internal override bool WaitsForRecovery => true;
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool AddressTerminated { get; } = addressTerminated;
}

/// <summary>Runs a continuation of an asynchronous handler on the actor.</summary>
internal sealed class Continuation(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    public void Execute() => scheduler.ExecuteHere(task);
}

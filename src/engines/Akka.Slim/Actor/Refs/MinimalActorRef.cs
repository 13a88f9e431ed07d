using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference without an actor behind it: everything it is not interested in is ignored.</summary>
internal abstract class MinimalActorRef : ActorRefBase, IInternalActorRef
{
    public virtual IInternalActorRef Parent => Nobody.Instance;

    public abstract IActorRefProvider Provider { get; }

    public virtual bool IsLocal => true;

    public virtual bool IsTerminated => false;

    public virtual IActorRef GetChild(IReadOnlyList<string> names) =>
        names.All(string.IsNullOrEmpty) ? this : Nobody.Instance;

    public virtual void SendSystemMessage(SystemMessage message)
    {
    }

    public virtual void Suspend()
    {
    }

    public virtual void Resume(Exception? causedByFailure)
    {
    }

    public virtual void Restart(Exception cause)
    {
    }

    public virtual void Stop()
    {
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}

using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// An actor that handles each message itself, calling Unhandled for those it does not know.
/// </summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => CurrentCell;

    protected override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}

using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference to an actor of this system.</summary>
internal sealed class LocalActorRef : ActorRefWithCell, IInternalActorRef
{
    private readonly ActorCell _cell;
    private readonly ActorPath _path;

    public LocalActorRef(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path)
    {
        _path = path;
        _cell = new ActorCell(system, this, props, supervisor);
    }

    public override ActorPath Path => _path;

    public ActorCell Cell => _cell;

    public override IEnumerable<IActorRef> Children => _cell.GetChildren();

    public IInternalActorRef Parent => _cell.Parent;

    public IActorRefProvider Provider => _cell.SystemImpl.Provider;

    public bool IsLocal => true;

    public bool IsTerminated => _cell.IsTerminated;

    public void Start() => _cell.Start();

    public IActorRef GetChild(IReadOnlyList<string> names)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < names.Count; i++)
        {
            var next = names[i] switch
            {
                "" => current,
                ".." => current.Parent,
                var name => current is LocalActorRef local
                    ? local.Child(name)
                    : (IInternalActorRef)current.GetChild([.. names.Skip(i)]),
            };
            if (next is null)
                return Nobody.Instance;
            if (current is not LocalActorRef && names[i] is not ("" or ".."))
                return next;
            current = next;
        }
        return current;
    }

    private IInternalActorRef? Child(string name) => _cell.FindChild(name)
        ?? (_path.Depth == 0 ? ((LocalActorRefProvider)Provider).SpecialRef(name) : null);

    public void SendSystemMessage(SystemMessage message) => _cell.SendSystemMessage(message);

    public void Suspend() => SendSystemMessage(new Suspend());

    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public void Stop() => SendSystemMessage(new Terminate());

    protected override void TellInternal(object message, IActorRef? sender) =>
        _cell.SendMessage(message, sender);
}

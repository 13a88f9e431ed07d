using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Wire;

/// <summary>
/// An actor of another node. Messages go to the present incarnation of its address; the actor's uid keeps
/// them from a namesake there.
/// </summary>
internal sealed class RemoteActorRef(NodeWire wire, LocalActorRefProvider provider, ActorPath path)
    : ActorRefBase, IInternalActorRef
{
    private string? _text;

    public override ActorPath Path { get; } = path;

    public Address Address { get; } = path.Address;

    /// <summary>The path as the other node reads it.</summary>
    public string Text => _text ??= WirePaths.WithoutAddress(Path);

    public IInternalActorRef Parent => Path.Depth == 0 ? this : wire.RefTo(Path.Parent);

    public IActorRefProvider Provider => provider;

    public bool IsLocal => false;

    public bool IsTerminated => false;

    public IActorRef GetChild(IReadOnlyList<string> names)
    {
        var target = Path;
        foreach (var name in names)
        {
            target = name switch
            {
                "" => target,
                ".." => target.Parent,
                _ => target / name,
            };
        }

        return ReferenceEquals(target, Path) ? this : wire.RefTo(target);
    }

    public void SendSystemMessage(SystemMessage message)
    {
        // What concerns supervision stays on one node: no actor is started on another.
        if (message is Watch or Unwatch or DeathWatchNotification or Terminate)
        {
            wire.SendSystem(this, message);
        }
    }

    public void Suspend()
    {
    }

    public void Resume(Exception? causedByFailure)
    {
    }

    public void Restart(Exception cause)
    {
    }

    public void Stop() => SendSystemMessage(new Terminate());

    protected override void TellInternal(object message, IActorRef? sender) =>
        wire.Send(this, message, sender);
}

using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Wire;

/// <summary>Something to say to an actor of another node; serialised when its turn comes.</summary>
internal readonly record struct Outgoing(RemoteActorRef Recipient, object Message, IActorRef? Sender)
{
    public bool IsSystem => Message is SystemMessage;
}

/// <summary>
/// Frames of the receiver got lost before the sender of this read them: who watches must watch again.
/// </summary>
internal sealed class FramesLost : SystemMessage;

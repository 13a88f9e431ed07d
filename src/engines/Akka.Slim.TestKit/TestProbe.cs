using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// A further test actor with its own queue; stands for its reference wherever one is wanted.
/// </summary>
public class TestProbe : TestKitBase, IInternalActorRef
{
    internal TestProbe(ActorSystem system, ITestKitAssertions assertions, string? name = null)
        : base(assertions, system, null, null, name)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message taken.</summary>
    public IActorRef Sender => LastSender;

    public ActorPath Path => TestActor.Path;

    IInternalActorRef IInternalActorRef.Parent => Inner.Parent;

    IActorRefProvider IInternalActorRef.Provider => Inner.Provider;

    bool IInternalActorRef.IsLocal => Inner.IsLocal;

    bool IInternalActorRef.IsTerminated => Inner.IsTerminated;

    private IInternalActorRef Inner => (IInternalActorRef)TestActor;

    /// <summary>Sends in the probe's name.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Forward(IActorRef actor) => actor.Tell(LastMessage!, Sender);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Answers the sender of the last message taken.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    public void Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);

    public int CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);

    public bool Equals(IActorRef? other) => TestActor.Equals(other);

    public override bool Equals(object? obj) => TestActor.Equals(obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => TestActor.ToString()!;

    public ISurrogate ToSurrogate(ActorSystem system) => TestActor.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> names) => Inner.GetChild(names);

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => Inner.SendSystemMessage(message);

    void IInternalActorRef.Suspend() => Inner.Suspend();

    void IInternalActorRef.Resume(Exception? causedByFailure) => Inner.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => Inner.Restart(cause);

    void IInternalActorRef.Stop() => Inner.Stop();
}

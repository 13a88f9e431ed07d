using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the engine itself asks of every reference.</summary>
internal interface IInternalActorRef : IActorRef
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    bool IsLocal { get; }

    bool IsTerminated { get; }

    /// <summary>
    /// Follows names down from here (".." goes up); leads to a dead-letter reference where nobody is.
    /// </summary>
    IActorRef GetChild(IReadOnlyList<string> names);

    void SendSystemMessage(SystemMessage message);

    void Suspend();

    void Resume(Exception? causedByFailure);

    void Restart(Exception cause);

    void Stop();
}

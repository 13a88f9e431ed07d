using Akka.Actor;

namespace Akka.Persistence;

/// <summary>How a persistent actor takes its messages at present.</summary>
internal abstract class EventsourcedState
{
    public abstract bool IsRecovering { get; }

    public abstract void Receive(Receive behavior, object message);

    /// <summary>Ends what the state has started, such as a timer.</summary>
    public virtual void Leave()
    {
    }
}

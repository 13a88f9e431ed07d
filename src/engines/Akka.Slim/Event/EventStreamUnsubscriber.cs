using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Ends the subscriptions of actors that have ended. Started by the system; holds no state over a restart.
/// </summary>
internal sealed class EventStreamUnsubscriber : ReceiveActor
{
    public EventStreamUnsubscriber(EventStream stream)
    {
        Receive<Register>(register =>
        {
            if (register.Subscriber is IInternalActorRef { IsLocal: true } and not MinimalActorRef)
                Context.Watch(register.Subscriber);
        });
        // In a block: the answer, that there was nothing to end any more, would count as unhandled.
        Receive<Terminated>(terminated =>
        {
            stream.Unsubscribe(terminated.ActorRef);
        });
    }

    internal sealed record Register(IActorRef Subscriber)
        : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}

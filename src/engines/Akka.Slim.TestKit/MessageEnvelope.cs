using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that the test actor received.</summary>
public sealed class MessageEnvelope(object message, IActorRef sender)
{
    public object Message { get; } = message;

    public IActorRef Sender { get; } = sender;

    public override string ToString() => $"<{Message}> from {Sender}";
}

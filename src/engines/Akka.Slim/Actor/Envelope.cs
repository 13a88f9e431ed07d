namespace Akka.Actor;

/// <summary>A message and who sent it.</summary>
public readonly struct Envelope(object message, IActorRef? sender) : IEquatable<Envelope>
{
    public object Message { get; } = message;

    /// <summary>Null where there is nobody to answer.</summary>
    public IActorRef? Sender { get; } = sender;

    public bool Equals(Envelope other) => Equals(Message, other.Message) && Equals(Sender, other.Sender);

    public override bool Equals(object? obj) => obj is Envelope other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Message, Sender);

    public override string ToString() => $"<{Message}> from {Sender?.ToString() ?? "NoSender"}";

    public static bool operator ==(Envelope left, Envelope right) => left.Equals(right);

    public static bool operator !=(Envelope left, Envelope right) => !left.Equals(right);
}

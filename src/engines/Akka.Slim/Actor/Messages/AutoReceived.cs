namespace Akka.Actor;

/// <summary>Handled by the engine before the actor sees it.</summary>
public interface IAutoReceivedMessage;

/// <summary>Could do harm if sent by somebody who should not.</summary>
public interface IPossiblyHarmful;

/// <summary>Is never put through serialization when that is being verified.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>Does not count as activity for the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Stops the actor when its turn in the mailbox comes.</summary>
public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, Event.IDeadLetterSuppression
{
    private PoisonPill()
    {
    }

    public static PoisonPill Instance { get; } = new();

    public override string ToString() => "<PoisonPill>";
}

/// <summary>
/// Makes the actor fail with <see cref="ActorKilledException"/> when its turn in the mailbox comes.
/// </summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();

    public override string ToString() => "<Kill>";
}

/// <summary>Tells a watcher that an actor has ended.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IPossiblyHarmful, Event.IDeadLetterSuppression,
        INoSerializationVerificationNeeded, IEquatable<Terminated>
{
    public IActorRef ActorRef { get; } = actorRef;

    /// <summary>
    /// False where the actor was dead already when it was first watched, or its node was lost.
    /// </summary>
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    /// <summary>The whole node is gone.</summary>
    public bool AddressTerminated { get; } = addressTerminated;

    public bool Equals(Terminated? other) =>
        other is not null && ActorRef.Equals(other.ActorRef) && ExistenceConfirmed == other.ExistenceConfirmed
        && AddressTerminated == other.AddressTerminated;

    public override bool Equals(object? obj) => Equals(obj as Terminated);

    public override int GetHashCode() => HashCode.Combine(ActorRef, ExistenceConfirmed, AddressTerminated);

    public override string ToString() =>
        $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}

/// <summary>Asks whoever receives it for its reference; answered by <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object? messageId)
    : IAutoReceivedMessage, INotInfluenceReceiveTimeout, IEquatable<Identify>
{
    public object? MessageId { get; } = messageId;

    public bool Equals(Identify? other) => other is not null && Equals(MessageId, other.MessageId);

    public override bool Equals(object? obj) => Equals(obj as Identify);

    public override int GetHashCode() => MessageId?.GetHashCode() ?? 0;

    public override string ToString() => $"<Identify>: {MessageId}";
}

/// <summary>The answer to <see cref="Identify"/>.</summary>
public sealed class ActorIdentity(object? messageId, IActorRef? subject) : IEquatable<ActorIdentity>
{
    public object? MessageId { get; } = messageId;

    /// <summary>Null where nobody is, Nobody where a dead actor was asked.</summary>
    public IActorRef? Subject { get; } = subject;

    public bool Equals(ActorIdentity? other) =>
        other is not null && Equals(MessageId, other.MessageId) && Equals(Subject, other.Subject);

    public override bool Equals(object? obj) => Equals(obj as ActorIdentity);

    public override int GetHashCode() => HashCode.Combine(MessageId, Subject);

    public override string ToString() => $"<ActorIdentity>: {Subject} - MessageId={MessageId}";
}

/// <summary>No message came for as long as SetReceiveTimeout said.</summary>
public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();

    public override string ToString() => "<ReceiveTimeout>";
}

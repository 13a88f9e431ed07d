using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// What goes to the journal in one request: writes, and messages that only keep their place among them.
/// </summary>
public interface IPersistentEnvelope
{
    object Payload { get; }

    IActorRef? Sender { get; }

    /// <summary>How many answers it gets.</summary>
    int Size { get; }
}

/// <summary>A deferred message: not stored, but handed back in its place.</summary>
internal sealed record NonPersistentMessage(object Payload, IActorRef? Sender) : IPersistentEnvelope
{
    public int Size => 1;
}

/// <summary>Events of one persistence id that are stored all or not at all.</summary>
public sealed class AtomicWrite : IPersistentEnvelope
{
    public AtomicWrite(IPersistentRepresentation @event)
        : this(ImmutableArray.Create(@event))
    {
    }

    /// <exception cref="ArgumentException">No events, or events of several persistence ids.</exception>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (payload.Count == 0)
        {
            throw new ArgumentException("An atomic write needs at least one event.", nameof(payload));
        }

        var ids = payload.Select(item => item.PersistenceId).Distinct().ToList();
        if (ids.Count > 1)
        {
            throw new ArgumentException(
                $"An atomic write holds events of one persistence id; these are of {string.Join(", ", ids)}.",
                nameof(payload));
        }

        Events = payload;
    }

    public object Payload => Events;

    public IActorRef? Sender => ActorRefs.NoSender;

    public int Size => Events.Count;

    public string PersistenceId => Events[0].PersistenceId;

    public long LowestSequenceNr => Events[0].SequenceNr;

    public long HighestSequenceNr => Events[^1].SequenceNr;

    internal IImmutableList<IPersistentRepresentation> Events { get; }

    public override bool Equals(object? obj) =>
        obj is AtomicWrite other && Events.SequenceEqual(other.Events);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, LowestSequenceNr, Size);

    public override string ToString() =>
        $"AtomicWrite({PersistenceId}, sequence numbers {LowestSequenceNr} to {HighestSequenceNr})";
}

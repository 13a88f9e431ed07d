using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What every journal does with events before it stores and after it has read them.</summary>
public abstract class WriteJournalBase : ActorBase
{
    private readonly EventAdapters _adapters;

    protected WriteJournalBase() =>
        _adapters = Persistence.Instance.Apply(Context.System).AdaptersFor(Self);

    /// <summary>
    /// The writes of a request, adapted, and without the senders, which would mean nothing when they are replayed.
    /// </summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(
        IEnumerable<IPersistentEnvelope> resequenceables) =>
        resequenceables.OfType<AtomicWrite>().Select(write => new AtomicWrite(
            write.Events.Select(item => AdaptToJournal(item.Sender is null
                ? item
                : item.Update(
                    item.SequenceNr, item.PersistenceId, item.IsDeleted, ActorRefs.NoSender, item.WriterGuid)))
                .ToImmutableArray()));

    /// <summary>None, one or several events under the sequence number of the one that was stored.</summary>
    protected IEnumerable<IPersistentRepresentation> AdaptFromJournal(
        IPersistentRepresentation representation)
    {
        var adapter = _adapters.Get(representation.Payload.GetType());
        return ReferenceEquals(adapter, IdentityEventAdapter.Instance)
            ? [representation]
            : adapter.FromJournal(representation.Payload, representation.Manifest).Events
                .Select(representation.WithPayload);
    }

    protected IPersistentRepresentation AdaptToJournal(IPersistentRepresentation representation)
    {
        var payload = representation.Payload;
        var adapter = _adapters.Get(payload.GetType());
        return ReferenceEquals(adapter, IdentityEventAdapter.Instance)
            ? representation
            : representation.WithPayload(adapter.ToJournal(payload)).WithManifest(adapter.Manifest(payload));
    }
}

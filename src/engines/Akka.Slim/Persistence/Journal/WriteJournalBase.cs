using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What every journal does with events before it stores them.</summary>
public abstract class WriteJournalBase : ActorBase
{
    /// <summary>
    /// The writes of a request, without the senders, which would mean nothing when they are replayed.
    /// </summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(
        IEnumerable<IPersistentEnvelope> resequenceables) =>
        resequenceables.OfType<AtomicWrite>().Select(write => new AtomicWrite(
            write.Events.Select(item => item.Sender is null
                ? item
                : item.Update(
                    item.SequenceNr, item.PersistenceId, item.IsDeleted, ActorRefs.NoSender, item.WriterGuid))
                .ToImmutableArray()));
}

using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>The reading half of a journal.</summary>
public interface IAsyncRecovery
{
    /// <summary>
    /// Hands the events of an id, in order and both ends included, to the callback; the task ends after the
    /// last.
    /// </summary>
    Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>
    /// The highest number ever given, deleted events included; 0 for none. <paramref name="fromSequenceNr"/>
    /// is a hint from where to look.
    /// </summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}

/// <summary>A journal that lets only the newest writer of an id write.</summary>
internal interface IFencedJournal
{
    /// <summary>Makes the writer the only one and reads the highest number, in one transaction.</summary>
    Task<long> RaiseFenceAsync(string persistenceId, string writerGuid);

    /// <summary>As DeleteMessagesToAsync, refused where the writer was overtaken.</summary>
    Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, string writerGuid);
}

using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Whose events they are, and which plugins keep them.</summary>
public interface IPersistentIdentity
{
    /// <summary>Unique in the whole cluster and the same over all restarts.</summary>
    string PersistenceId { get; }

    /// <summary>
    /// The configuration path of the journal; null or empty for <c>akka.persistence.journal.plugin</c>.
    /// </summary>
    string? JournalPluginId { get; }

    /// <summary>
    /// As <see cref="JournalPluginId"/>, for <c>akka.persistence.snapshot-store.plugin</c>.
    /// </summary>
    string? SnapshotPluginId { get; }
}

public interface IPersistenceRecovery
{
    Recovery Recovery { get; }
}

public interface IPersistenceStash : IWithUnboundedStash
{
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}

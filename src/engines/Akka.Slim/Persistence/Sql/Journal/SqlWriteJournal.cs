using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// Events in a database. Chosen by <c>akka.persistence.journal.plugin = "akka.persistence.journal.sql"</c>.
/// </summary>
internal sealed class SqlWriteJournal : AsyncWriteJournal, IFencedJournal
{
    private readonly SqlStores _stores;
    private readonly SqlStore _store;
    private readonly SqlPayload _payload;
    private readonly TimeProvider _clock;

    public SqlWriteJournal(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        _clock = Persistence.Instance.Apply(system).Clock;
        _payload = new SqlPayload(system.Serialization);
        _stores = SqlStoresId.Instance.Apply(system);
        _store = _stores.Acquire(config, Self.Path.Name);
    }

    public Task<long> RaiseFenceAsync(string persistenceId, string writerGuid) =>
        _store.Write(session =>
        {
            SqlFences.Raise(session, persistenceId, writerGuid);
            return SqlJournalStatements.HighestSequenceNr(session, persistenceId);
        });

    // Through the writer: what is being written must be seen.
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        _store.Write(session => SqlJournalStatements.HighestSequenceNr(session, persistenceId));

    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        _store.Read(session =>
        {
            SqlJournalStatements.Replay(
                session, persistenceId, fromSequenceNr, toSequenceNr, max, row =>
                    recoveryCallback(Event(row)));
            return true;
        });

    public Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, string writerGuid) =>
        _store.Write(session =>
        {
            SqlFences.Check(session, persistenceId, writerGuid);
            SqlJournalStatements.DeleteTo(session, persistenceId, toSequenceNr);
        });

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        _store.Write(session => SqlJournalStatements.DeleteTo(session, persistenceId, toSequenceNr));

    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages)
    {
        var rejections = ImmutableArray.CreateBuilder<Exception?>();
        var accepted = new List<IReadOnlyList<SqlRow>>();
        foreach (var write in messages)
        {
            try
            {
                accepted.Add(write.Events.Select(Row).ToList());
                rejections.Add(null);
            }
            catch (Exception cause)
            {
                rejections.Add(cause);
            }
        }

        if (accepted.Count > 0)
        {
            await _store.Write(
                session => accepted.ForEach(rows => SqlJournalStatements.Insert(session, rows)))
                .ConfigureAwait(false);
        }

        return rejections.All(rejection => rejection is null) ? null : rejections.ToImmutable();
    }

    protected override void PostStop() => _stores.Release(_store);

    private SqlRow Row(IPersistentRepresentation item) =>
        _payload.Encode(
            item.Payload,
            item.PersistenceId,
            item.SequenceNr,
            item.Timestamp > 0 ? item.Timestamp : _clock.GetUtcNow().UtcTicks,
            item.WriterGuid);

    private Persistent Event(SqlRow row) =>
        new(
            _payload.Decode(row, _store.Location),
            row.SequenceNr,
            row.PersistenceId,
            row.Manifest,
            writerGuid: row.Writer,
            timestamp: row.CreatedTicks);
}

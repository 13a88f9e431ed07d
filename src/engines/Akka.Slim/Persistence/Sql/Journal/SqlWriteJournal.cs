using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;
using Akka.Store;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// Events in a database. Chosen by <c>akka.persistence.journal.plugin = "akka.persistence.journal.sql"</c>.
/// </summary>
internal sealed class SqlWriteJournal : AsyncWriteJournal, IFencedJournal
{
    private readonly IStores _stores;
    private readonly IStoreDriver<IJournalStatements> _driver;
    private readonly JournalTransactions _journal;
    private readonly SqlPayload _payload;
    private readonly TimeProvider _clock;

    public SqlWriteJournal(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        _clock = Persistence.Instance.Apply(system).Clock;
        _payload = new SqlPayload(system.Serialization);
        _stores = StoresExtensionId.Instance.Apply(system).Stores;
        _driver = _stores.OpenJournal(config, Self.Path.Name);
        _journal = new JournalTransactions(_driver);
    }

    public Task<long> RaiseFenceAsync(string persistenceId, string writerGuid) =>
        _journal.RaiseFence(persistenceId, writerGuid);

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        _journal.HighestSequenceNr(persistenceId);

    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        _journal.Replay(
            persistenceId, fromSequenceNr, toSequenceNr, max, row => recoveryCallback(Event(row)));

    public Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, string writerGuid) =>
        _journal.DeleteEvents(persistenceId, toSequenceNr, writerGuid);

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        _journal.DeleteEvents(persistenceId, toSequenceNr, writer: null);

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
            await _journal.Write(accepted).ConfigureAwait(false);
        }

        return rejections.All(rejection => rejection is null) ? null : rejections.ToImmutable();
    }

    protected override void PostStop() => _stores.Release(_driver);

    private SqlRow Row(IPersistentRepresentation item) =>
        _payload.Encode(
            item.Payload,
            item.PersistenceId,
            item.SequenceNr,
            item.Timestamp > 0 ? item.Timestamp : _clock.GetUtcNow().UtcTicks,
            item.WriterGuid);

    private Persistent Event(SqlRow row) =>
        new(
            _payload.Decode(row, _driver.Location),
            row.SequenceNr,
            row.PersistenceId,
            row.Manifest,
            writerGuid: row.Writer,
            timestamp: row.CreatedTicks);
}

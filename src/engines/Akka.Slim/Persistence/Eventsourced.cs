using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state is the fold of its stored events. On every start it first gets the latest snapshot,
/// the events after it, and <see cref="RecoveryCompleted"/>; commands that arrive meanwhile wait.
/// </summary>
public abstract partial class Eventsourced
    : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private readonly int _instanceId;
    private readonly string _writerGuid;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;
    private ILoggingAdapter? _log;

    protected Eventsourced()
    {
        Extension = Persistence.Instance.Apply(Context.System);
        (_instanceId, _writerGuid) = Extension.NextWriter();
        _internalStash = CreateInternalStash();
        _state = new AwaitingPermit(this);
    }

    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public virtual IStashOverflowStrategy InternalStashOverflowStrategy =>
        Extension.DefaultInternalStashOverflowStrategy;

    public string? JournalPluginId { get; protected set; }

    public string? SnapshotPluginId { get; protected set; }

    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    public string SnapshotterId => PersistenceId;

    public bool IsRecovering => _state.IsRecovering;

    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The number of the last event that was stored or replayed.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>The number a snapshot taken now would get.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    protected PersistenceExtension Extension { get; }

    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    /// <summary>
    /// Stores the event; the handler then changes the state. Commands wait until it has run. It must not
    /// throw.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called while events are replayed.</exception>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler) =>
        Enqueue([@event], handler, isStashing: true);

    /// <summary>As <see cref="Persist{TEvent}"/>, for events that are stored all or not at all.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        Enqueue(events, handler, isStashing: true);

    /// <summary>As <see cref="Persist{TEvent}"/>, but commands are handled meanwhile.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler) =>
        Enqueue([@event], handler, isStashing: false);

    /// <summary>As <see cref="PersistAll{TEvent}"/>, but commands are handled meanwhile.</summary>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        Enqueue(events, handler, isStashing: false);

    /// <summary>Calls the handler after those of all events persisted before; nothing is stored.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RefuseDuringReplay();
        if (_pendingHandlers.Count == 0)
        {
            handler(evt);
            return;
        }

        _pendingHandlers.Enqueue(new PendingHandler(item => handler((TEvent)item), IsStashing: false));
        _eventBatch.Add(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>
    /// Deletes the events up to and including the number; <see cref="long.MaxValue"/> for all. Answered with
    /// <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.
    /// </summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr != long.MaxValue && toSequenceNr > LastSequenceNr)
        {
            Self.Tell(
                new DeleteMessagesFailure(
                    new InvalidOperationException(
                        $"toSequenceNr is {toSequenceNr}; it must be less than or equal to LastSequenceNr, "
                        + $"{LastSequenceNr}, or long.MaxValue for all."),
                    toSequenceNr),
                Self);
            return;
        }

        Journal.Tell(
            new DeleteMessagesTo(PersistenceId, Math.Min(toSequenceNr, LastSequenceNr), Self)
            {
                WriterGuid = _writerGuid,
            },
            Self);
    }

    /// <summary>Asks the snapshot store directly; recovery does this by itself.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>
    /// Answered with <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.
    /// </summary>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(
            new SaveSnapshot(
                new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, Extension.UtcNow), snapshot)
            {
                WriterGuid = _writerGuid,
            },
            Self);

    /// <summary>
    /// Answered with <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.
    /// </summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(
            new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr)) { WriterGuid = _writerGuid },
            Self);

    /// <summary>
    /// Answered with <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.
    /// </summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria) { WriterGuid = _writerGuid }, Self);

    /// <summary>
    /// Gets the snapshot offer, the events and <see cref="RecoveryCompleted"/>; false = not handled.
    /// </summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Gets the commands; false = not handled.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>
    /// Called when the last event has been replayed, before <see cref="RecoveryCompleted"/>.
    /// </summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>Called when the actor cannot recover; it stops afterwards, whatever this does.</summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(
                reason,
                "Persistence failure when replaying events for persistenceId [{0}]. The last sequence number seen "
                + "was {1}: {2}",
                PersistenceId,
                LastSequenceNr,
                reason.Message);
        }
        else
        {
            Log.Error(
                reason,
                "{0} threw while event {1} with sequence number {2} was replayed",
                PersistenceId,
                message.GetType(),
                LastSequenceNr);
        }
    }

    /// <summary>Called when nobody knows whether an event was stored; the actor stops afterwards.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(
            cause,
            "{0} could not persist event {1} with sequence number {2}: {3}",
            PersistenceId,
            @event.GetType(),
            sequenceNr,
            cause.Message);

    /// <summary>Called when the journal refused an event; the actor goes on, its state unchanged.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(
            cause,
            "The journal rejected event {1} with sequence number {2} of {0}: {3}",
            PersistenceId,
            @event.GetType(),
            sequenceNr,
            cause.Message);

    private void Enqueue<TEvent>(IEnumerable<TEvent>? events, Action<TEvent> handler, bool isStashing)
    {
        RefuseDuringReplay();
        var written = ImmutableArray.CreateBuilder<IPersistentRepresentation>();
        foreach (var item in events ?? [])
        {
            _pendingHandlers.Enqueue(new PendingHandler(evt => handler((TEvent)evt), isStashing));
            _pendingStashing += isStashing ? 1 : 0;
            written.Add(new Persistent(
                item!, ++_lastGivenSequenceNr, PersistenceId, sender: Sender, writerGuid: _writerGuid));
        }

        if (written.Count > 0)
        {
            _eventBatch.Add(new AtomicWrite(written.ToImmutable()));
        }
    }

    private void RefuseDuringReplay()
    {
        if (IsRecovering)
        {
            throw new InvalidOperationException(
                $"{PersistenceId} cannot persist while it is replayed; it can from RecoveryCompleted on.");
        }
    }
}

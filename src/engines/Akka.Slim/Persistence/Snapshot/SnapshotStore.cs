using Akka.Actor;
using Akka.Event;
using Akka.Pattern;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Snapshot;

/// <summary>Base of snapshot store plugins: an actor that takes the requests of persistent actors.</summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly CircuitBreaker _breaker;
    private readonly PersistenceExtension _extension;
    private readonly ILoggingAdapter _log;
    private readonly EventStream _events;
    private readonly bool _publishes;

    protected SnapshotStore()
    {
        _extension = Persistence.Instance.Apply(Context.System);
        _breaker = CircuitBreaker.Create(
            Context.System.Scheduler, _extension.SnapshotConfigOf(Self));
        _log = Context.GetLogger();
        _events = Context.System.EventStream;
        _publishes = _extension.PublishPluginCommands;
    }

    protected sealed override bool Receive(object message) =>
        ReceiveSnapshotStore(message) || ReceivePluginInternal(message);

    /// <summary>The newest snapshot that meets the criteria, or null.</summary>
    protected abstract Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria);

    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>
    /// Deletes one snapshot; a timestamp of <see cref="DateTime.MinValue"/> stands for any.
    /// </summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Gets the messages that are not of the store's protocol; false = not handled.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    private bool ReceiveSnapshotStore(object message)
    {
        switch (message)
        {
            case LoadSnapshot request:
                _ = Answer(
                    () => Load(request),
                    cause => new LoadSnapshotFailed(cause));
                return true;
            case SaveSnapshot request:
                Save(request);
                return true;
            case DeleteSnapshot request:
                _ = Answer(
                    async () =>
                    {
                        await _breaker.WithCircuitBreaker(() => Delete(request)).ConfigureAwait(false);
                        return new DeleteSnapshotSuccess(request.Metadata);
                    },
                    cause => new DeleteSnapshotFailure(request.Metadata, cause),
                    request);
                return true;
            case DeleteSnapshots request:
                _ = Answer(
                    async () =>
                    {
                        await _breaker.WithCircuitBreaker(() => Delete(request)).ConfigureAwait(false);
                        return new DeleteSnapshotsSuccess(request.Criteria);
                    },
                    cause => new DeleteSnapshotsFailure(request.Criteria, cause),
                    request);
                return true;
            default:
                return false;
        }
    }

    private async Task<ISnapshotResponse> Load(LoadSnapshot request)
    {
        var found = request.Criteria.Equals(SnapshotSelectionCriteria.None)
            ? null
            : await _breaker.WithCircuitBreaker(() => LoadAsync(
                request.PersistenceId, request.Criteria.Limit(request.ToSequenceNr))).ConfigureAwait(false);
        return new LoadSnapshotResult(found, request.ToSequenceNr);
    }

    private void Save(SaveSnapshot request)
    {
        var given = request.Metadata;
        var metadata = given.Timestamp == DateTime.MinValue
            ? new SnapshotMetadata(given.PersistenceId, given.SequenceNr, _extension.UtcNow)
            : given;
        _ = Answer(
            async () =>
            {
                await _breaker.WithCircuitBreaker(() => this is IFencedSnapshotStore fenced
                    && request.WriterGuid is { } writer
                    ? fenced.SaveAsync(metadata, request.Snapshot, writer)
                    : SaveAsync(metadata, request.Snapshot)).ConfigureAwait(false);
                return new SaveSnapshotSuccess(metadata);
            },
            cause => new SaveSnapshotFailure(metadata, cause));
    }

    private Task Delete(DeleteSnapshot request) =>
        this is IFencedSnapshotStore fenced && request.WriterGuid is { } writer
            ? fenced.DeleteAsync(request.Metadata, writer)
            : DeleteAsync(request.Metadata);

    private Task Delete(DeleteSnapshots request) =>
        this is IFencedSnapshotStore fenced && request.WriterGuid is { } writer
            ? fenced.DeleteAsync(request.PersistenceId, request.Criteria, writer)
            : DeleteAsync(request.PersistenceId, request.Criteria);

    /// <summary>The work starts within the handler, so requests reach the store in their order.</summary>
    private async Task Answer(
        Func<Task<ISnapshotResponse>> work,
        Func<Exception, ISnapshotResponse> onFailure,
        ISnapshotRequest? toPublish = null)
    {
        var (self, actor) = (Self, Sender);
        ISnapshotResponse answer;
        try
        {
            answer = await work().ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            answer = onFailure(cause);
            _log.Debug("{0}", answer);
        }

        actor.Tell(answer, self);
        if (_publishes && toPublish is not null)
        {
            _events.Publish(toPublish);
        }
    }
}

/// <summary>A snapshot store that lets only the newest writer of an id write.</summary>
internal interface IFencedSnapshotStore
{
    Task SaveAsync(SnapshotMetadata metadata, object snapshot, string writerGuid);

    Task DeleteAsync(SnapshotMetadata metadata, string writerGuid);

    Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, string writerGuid);
}

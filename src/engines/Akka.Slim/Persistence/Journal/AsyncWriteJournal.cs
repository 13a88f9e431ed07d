using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Persistence.Journal;

/// <summary>
/// Base of journal plugins: an actor that takes the requests of persistent actors and answers them in their
/// order. Calls to the store go through the circuit breaker of its settings, except replays, which may be
/// long.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    private readonly CircuitBreaker _breaker;
    private readonly Resequencer _resequencer = new();
    private readonly ILoggingAdapter _log;
    private readonly EventStream _events;
    private readonly bool _publishes;
    private readonly ReplayFilterMode _filterMode;
    private readonly int _filterWindow;
    private readonly int _filterOldWriters;

    protected AsyncWriteJournal()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        var config = extension.JournalConfigOf(Self);
        _log = Context.GetLogger();
        _events = Context.System.EventStream;
        _publishes = extension.PublishPluginCommands;
        _breaker = CircuitBreaker.Create(Context.System.Scheduler, config);
        _filterMode = FilterMode(config);
        _filterWindow = config.GetInt("replay-filter.window-size");
        _filterOldWriters = config.GetInt("replay-filter.max-old-writers");
    }

    public abstract Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback);

    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Stores the writes, each all or not at all. A failed task means that nobody knows what was stored. The
    /// result is null where all were, or has for each write null or why it was rejected, that is, surely not
    /// stored.
    /// </summary>
    protected abstract Task<IImmutableList<Exception?>?> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages);

    /// <summary>
    /// Deletes the events of an id up to and including the number; the highest number stays known.
    /// </summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Gets the messages that are not of the journal's protocol; false = not handled.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message) =>
        ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case WriteMessages request:
                _ = Write(request, _resequencer.TakeTicket(), Self);
                return true;
            case ReplayMessages request:
                _ = Replay(request, Context, Self);
                return true;
            case DeleteMessagesTo request:
                _ = Delete(request, Self);
                return true;
            default:
                return false;
        }
    }

    private static ReplayFilterMode FilterMode(Config config) =>
        config.GetString("replay-filter.mode") switch
        {
            "off" => ReplayFilterMode.Off,
            "repair-by-discard-old" => ReplayFilterMode.RepairByDiscardOld,
            "fail" => ReplayFilterMode.Fail,
            "warn" => ReplayFilterMode.Warn,
            var mode => throw new ConfigurationException(
                $"replay-filter.mode is {mode}; it must be off, repair-by-discard-old, fail or warn."),
        };

    private async Task Write(WriteMessages request, long ticket, IActorRef self)
    {
        var answers = new WriteAnswers(request, self);
        IReadOnlyList<Resequencer.Answer> outcome;
        try
        {
            var writes = PreparePersistentBatch(request.Messages).ToList();
            var rejections = writes.Count == 0
                ? null
                : await _breaker.WithCircuitBreaker(() => WriteMessagesAsync(writes)).ConfigureAwait(false);
            outcome = answers.Stored(rejections);
        }
        catch (Exception cause)
        {
            outcome = answers.Failed(cause);
        }

        _resequencer.Send(ticket, outcome);
    }

    private async Task Replay(ReplayMessages request, IActorContext context, IActorRef self)
    {
        var actor = request.PersistentActor;
        try
        {
            // Raising the fence comes first: after it no older writer can add to what is read now.
            var highest = await _breaker.WithCircuitBreaker(() => HighestSequenceNr(request))
                .ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (to > 0 && request.FromSequenceNr <= to && request.Max > 0)
            {
                var filter = new ReplayFilter(
                    _filterMode,
                    _filterWindow,
                    _filterOldWriters,
                    item => SendReplayed(item, actor),
                    text => _log.Warning("{0}", text));
                await ReplayMessagesAsync(
                    context, request.PersistenceId, request.FromSequenceNr, to, request.Max, item =>
                    {
                        if (!item.IsDeleted)
                        {
                            filter.Add(item);
                        }
                    }).ConfigureAwait(false);
                filter.Complete();
            }

            actor.Tell(new RecoverySuccess(highest), self);
        }
        catch (Exception cause)
        {
            actor.Tell(new ReplayMessagesFailure(cause), self);
        }

        Publish(request);
    }

    private void SendReplayed(IPersistentRepresentation item, IActorRef actor)
    {
        foreach (var adapted in AdaptFromJournal(item))
        {
            actor.Tell(new ReplayedMessage(adapted), ActorRefs.NoSender);
        }
    }

    private Task<long> HighestSequenceNr(ReplayMessages request) =>
        this is IFencedJournal fenced && request.WriterGuid is { } writer
            ? fenced.RaiseFenceAsync(request.PersistenceId, writer)
            : ReadHighestSequenceNrAsync(request.PersistenceId, Math.Max(0, request.FromSequenceNr - 1));

    private async Task Delete(DeleteMessagesTo request, IActorRef self)
    {
        try
        {
            await _breaker.WithCircuitBreaker(
                () => this is IFencedJournal fenced && request.WriterGuid is { } writer
                    ? fenced.DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr, writer)
                    : DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr))
                .ConfigureAwait(false);
            request.PersistentActor.Tell(new DeleteMessagesSuccess(request.ToSequenceNr), self);
        }
        catch (Exception cause)
        {
            request.PersistentActor.Tell(new DeleteMessagesFailure(cause, request.ToSequenceNr), self);
        }

        Publish(request);
    }

    private void Publish(IJournalRequest request)
    {
        if (_publishes)
        {
            _events.Publish(request);
        }
    }
}

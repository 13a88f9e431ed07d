using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// Commands and the journal's answers. One request to the journal is open at a time; what is persisted
/// meanwhile goes out together in the next one.
/// </summary>
public abstract partial class Eventsourced
{
    private readonly Queue<PendingHandler> _pendingHandlers = [];
    private readonly List<IPersistentEnvelope> _eventBatch = [];
    private List<IPersistentEnvelope> _journalBatch = [];
    private int _pendingStashing;
    private long _lastGivenSequenceNr;
    private bool _isWriting;
    private bool _isHandlingCommand;
    private bool _isTaskRunning;

    /// <summary>
    /// Runs an asynchronous handler; no command is handled until it ends, and what it persists goes out then.
    /// </summary>
    protected void RunTask(Func<Task> action)
    {
        if (_isTaskRunning)
        {
            throw new NotSupportedException("RunTask calls cannot be nested");
        }

        _isTaskRunning = true;
        Dispatch.ActorTaskScheduler.RunTask(() => Track(action));
    }

    private async Task Track(Func<Task> action)
    {
        var failed = true;
        try
        {
            // Must come back to the actor's scheduler: what follows touches its state.
            await action();
            failed = false;
        }
        finally
        {
            _isTaskRunning = false;
            if (!_isHandlingCommand)
            {
                AfterCommand(failed);
            }
        }
    }

    private void BeginProcessing()
    {
        FlushEventBatch();
        if (_pendingStashing > 0)
        {
            Enter(new Persisting(this));
        }
        else
        {
            Enter(new Processing(this));
            _internalStash.UnstashAll();
        }
    }

    private void HandleCommand(Receive behavior, object message)
    {
        var failed = true;
        _isHandlingCommand = true;
        try
        {
            base.AroundReceive(behavior, message);
            failed = false;
        }
        finally
        {
            _isHandlingCommand = false;
            if (!_isTaskRunning)
            {
                AfterCommand(failed);
            }
        }
    }

    private void AfterCommand(bool failed)
    {
        FlushEventBatch();
        if (_pendingStashing > 0)
        {
            Enter(new Persisting(this));
        }
        else
        {
            UnstashInternally(failed);
        }
    }

    private void FlushEventBatch()
    {
        _journalBatch.AddRange(_eventBatch);
        _eventBatch.Clear();
        FlushJournalBatch();
    }

    private void FlushJournalBatch()
    {
        if (_isWriting || _journalBatch.Count == 0)
        {
            return;
        }

        Journal.Tell(new WriteMessages(_journalBatch, Self, _instanceId), Self);
        _journalBatch = [];
        _isWriting = true;
    }

    /// <summary>Handles an answer of the journal; false where the message is none.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="afterHandler">Called after each answer with whether the handler failed.</param>
    private bool TryHandleAnswer(object message, Action<bool> afterHandler)
    {
        switch (message)
        {
            case WriteMessageSuccess success:
                if (IsMine(success.ActorInstanceId))
                {
                    LastSequenceNr = Math.Max(LastSequenceNr, success.Persistent.SequenceNr);
                    CallHandler(success.Persistent.Payload, afterHandler);
                }

                return true;
            case LoopMessageSuccess success:
                if (IsMine(success.ActorInstanceId))
                {
                    CallHandler(success.Message, afterHandler);
                }

                return true;
            case WriteMessageRejected rejected:
                if (IsMine(rejected.ActorInstanceId))
                {
                    Reject(rejected, afterHandler);
                }

                return true;
            case WriteMessageFailure failure:
                if (IsMine(failure.ActorInstanceId))
                {
                    FailPersist(failure, afterHandler);
                }

                return true;
            case WriteMessagesSuccessful:
                _isWriting = false;
                FlushJournalBatch();
                return true;
            case WriteMessagesFailed failed:
                // With writes in it, answers follow that stop the actor; nothing more may be sent before.
                _isWriting = _isWriting && failed.WriteCount > 0;
                return true;
            case RecoveryTick:
                return true;
            default:
                return false;
        }
    }

    /// <summary>An answer to an earlier incarnation must not call this one's handlers.</summary>
    private bool IsMine(int instanceId) => instanceId == _instanceId;

    private void CallHandler(object payload, Action<bool> afterHandler)
    {
        var failed = true;
        try
        {
            try
            {
                _pendingHandlers.Peek().Run(payload);
            }
            finally
            {
                FlushEventBatch();
            }

            failed = false;
        }
        finally
        {
            afterHandler(failed);
        }
    }

    private void Reject(WriteMessageRejected rejected, Action<bool> afterHandler)
    {
        var persistent = rejected.Persistent;
        LastSequenceNr = Math.Max(LastSequenceNr, persistent.SequenceNr);
        afterHandler(false);
        OnPersistRejected(rejected.Cause, persistent.Payload, persistent.SequenceNr);
    }

    private void FailPersist(WriteMessageFailure failure, Action<bool> afterHandler)
    {
        afterHandler(false);
        try
        {
            OnPersistFailure(failure.Cause, failure.Persistent.Payload, failure.Persistent.SequenceNr);
        }
        finally
        {
            Context.Stop(Self);
        }
    }

    private sealed class Processing(Eventsourced actor) : EventsourcedState
    {
        public override bool IsRecovering => false;

        public override void Receive(Receive behavior, object message)
        {
            if (!actor.TryHandleAnswer(message, AfterHandler))
            {
                actor.HandleCommand(behavior, message);
            }
        }

        private void AfterHandler(bool failed)
        {
            actor._pendingHandlers.Dequeue();
            actor.UnstashInternally(failed);
        }
    }

    private sealed class Persisting(Eventsourced actor) : EventsourcedState
    {
        public override bool IsRecovering => false;

        public override void Receive(Receive behavior, object message)
        {
            if (!actor.TryHandleAnswer(message, AfterHandler))
            {
                actor.StashInternally(message);
            }
        }

        private void AfterHandler(bool failed)
        {
            if (actor._pendingHandlers.Dequeue().IsStashing)
            {
                actor._pendingStashing--;
            }

            // Handlers that are left now do not hold up commands.
            if (actor._pendingStashing == 0)
            {
                actor.Enter(new Processing(actor));
                actor.UnstashInternally(failed);
            }
        }
    }
}

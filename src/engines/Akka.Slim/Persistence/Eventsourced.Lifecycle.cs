using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Recovery on each start, and what must not get lost on a restart.</summary>
public abstract partial class Eventsourced
{
    public override void AroundPreStart()
    {
        if (PersistenceId is null)
        {
            throw new ArgumentNullException(
                nameof(PersistenceId),
                $"PersistenceId is [null] for PersistentActor [{Self.Path}]; return one that never changes.");
        }

        // A missing plugin must fail the start, not the first event.
        _ = Journal;
        _ = SnapshotStore;
        RequestPermit();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception cause, object message)
    {
        RequestPermit();
        base.AroundPostRestart(cause, message);
    }

    public override void AroundPreRestart(Exception cause, object message)
    {
        try
        {
            UnstashEverything();
        }
        finally
        {
            FlushJournalBatch();
            _state.Leave();
            base.AroundPreRestart(cause, Unwrapped(message));
        }
    }

    public override void AroundPostStop()
    {
        try
        {
            UnstashEverything();
        }
        finally
        {
            _state.Leave();
            base.AroundPostStop();
        }
    }

    protected internal override bool AroundReceive(Receive receive, object message)
    {
        _state.Receive(receive, message);
        return true;
    }

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                return;
            case SaveSnapshotFailure failure:
                Log.Warning("Saving {0} failed: {1}", failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("Deleting {0} failed: {1}", failure.Metadata, failure.Cause.Message);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("Deleting snapshots by {0} failed: {1}", failure.Criteria, failure.Cause.Message);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning(
                    "Failed to DeleteMessages of {0} up to {1}: {2}",
                    PersistenceId,
                    failure.ToSequenceNr,
                    failure.Cause.Message);
                break;
        }

        base.Unhandled(message);
    }

    /// <summary>What the actor knows of a message of the journal's protocol.</summary>
    private static object Unwrapped(object message) => message switch
    {
        WriteMessageSuccess success => success.Persistent,
        LoopMessageSuccess success => success.Message,
        ReplayedMessage replayed => replayed.Persistent,
        _ => message,
    };

    private void RequestPermit() => Extension.RecoveryPermitter.Tell(RequestRecoveryPermit.Instance, Self);
}

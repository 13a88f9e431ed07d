using Akka.Actor;

namespace Akka.Persistence;

/// <summary>The way to the first command: permit, snapshot, events.</summary>
public abstract partial class Eventsourced
{
    private EventsourcedState _state;

    private void Enter(EventsourcedState state)
    {
        _state.Leave();
        _state = state;
    }

    private void FailRecovery(Exception cause, object? message = null)
    {
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            _state.Leave();
            Context.Stop(Self);
            ReturnPermit();
        }
    }

    private void ReturnPermit() => Extension.RecoveryPermitter.Tell(ReturnRecoveryPermit.Instance, Self);

    private TimeSpan RecoveryEventTimeout =>
        Extension.JournalConfigFor(JournalPluginId).GetTimeSpan(
            "recovery-event-timeout", null, allowInfinite: false);

    /// <summary>What a recovering actor handles: its events, its snapshot and the end.</summary>
    private bool RecoveryBehavior(object message) => message switch
    {
        IPersistentRepresentation replayed when IsRecovering => ReceiveRecover(replayed.Payload),
        SnapshotOffer or RecoveryCompleted => ReceiveRecover(message),
        _ => false,
    };

    private bool HandleInRecovery(object message) => base.AroundReceive(RecoveryBehavior, message);

    private sealed class AwaitingPermit(Eventsourced actor) : EventsourcedState
    {
        public override bool IsRecovering => true;

        public override void Receive(Receive behavior, object message)
        {
            if (message is not RecoveryPermitGranted)
            {
                actor.StashInternally(message);
                return;
            }

            var recovery = actor.Recovery;
            actor.Enter(new AwaitingSnapshot(actor, recovery));
            actor.LoadSnapshot(actor.SnapshotterId, recovery.FromSnapshot, recovery.ToSequenceNr);
        }
    }

    private sealed class AwaitingSnapshot : EventsourcedState
    {
        private readonly Eventsourced _actor;
        private readonly Recovery _recovery;
        private readonly TimeSpan _timeout;
        private readonly ICancelable _timer;

        public AwaitingSnapshot(Eventsourced actor, Recovery recovery)
        {
            _actor = actor;
            _recovery = recovery;
            _timeout = actor.RecoveryEventTimeout;
            _timer = Context.System.Scheduler.ScheduleTellOnceCancelable(
                _timeout, actor.Self, new RecoveryTick(ForSnapshot: true), actor.Self);
        }

        public override bool IsRecovering => true;

        public override void Leave() => _timer.Cancel();

        public override void Receive(Receive behavior, object message)
        {
            switch (message)
            {
                case LoadSnapshotResult result:
                    Offer(result);
                    break;
                case LoadSnapshotFailed failed:
                    _actor.FailRecovery(failed.Cause);
                    break;
                case RecoveryTick { ForSnapshot: true }:
                    _actor.FailRecovery(new RecoveryTimedOutException(
                        $"{_actor.PersistenceId} got no snapshot within {_timeout.TotalSeconds} s; "
                        + "see recovery-event-timeout of its journal."));
                    break;
                default:
                    _actor.StashInternally(message);
                    break;
            }
        }

        private void Offer(LoadSnapshotResult result)
        {
            if (result.Snapshot is { } snapshot && !TryOffer(snapshot))
            {
                return;
            }

            _actor.Enter(new Replaying(_actor, _timeout));
            _actor.Journal.Tell(
                new ReplayMessages(
                    _actor.LastSequenceNr + 1,
                    result.ToSequenceNr,
                    _recovery.ReplayMax,
                    _actor.PersistenceId,
                    _actor.Self)
                {
                    WriterGuid = _actor._writerGuid,
                },
                _actor.Self);
        }

        private bool TryOffer(SelectedSnapshot snapshot)
        {
            var before = _actor.LastSequenceNr;
            _actor.LastSequenceNr = snapshot.Metadata.SequenceNr;
            var offer = new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot);
            try
            {
                if (!_actor.RecoveryBehavior(offer))
                {
                    _actor.LastSequenceNr = before;
                    _actor.Unhandled(offer);
                }

                return true;
            }
            catch (Exception cause)
            {
                _actor.FailRecovery(cause);
                return false;
            }
        }
    }

    private sealed class Replaying : EventsourcedState
    {
        private readonly Eventsourced _actor;
        private readonly TimeSpan _timeout;
        private readonly ICancelable _timer;
        private bool _eventSeen;
        private bool _isOver;

        public Replaying(Eventsourced actor, TimeSpan timeout)
        {
            _actor = actor;
            _timeout = timeout;
            _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
                timeout, timeout, actor.Self, new RecoveryTick(ForSnapshot: false), actor.Self);
        }

        public override bool IsRecovering => !_isOver;

        public override void Leave() => _timer.Cancel();

        public override void Receive(Receive behavior, object message)
        {
            switch (message)
            {
                case ReplayedMessage replayed:
                    Replay(replayed.Persistent);
                    break;
                case RecoverySuccess success:
                    Complete(success.HighestSequenceNr);
                    break;
                case ReplayMessagesFailure failure:
                    _actor.FailRecovery(failure.Cause);
                    break;
                case RecoveryTick { ForSnapshot: false }:
                    Tick();
                    break;
                case RecoveryTick:
                    break;
                default:
                    _actor.StashInternally(message);
                    break;
            }
        }

        private void Replay(IPersistentRepresentation replayed)
        {
            _eventSeen = true;
            _actor.LastSequenceNr = Math.Max(_actor.LastSequenceNr, replayed.SequenceNr);
            try
            {
                _actor.HandleInRecovery(replayed);
            }
            catch (Exception cause)
            {
                _actor.FailRecovery(cause, replayed.Payload);
            }
        }

        private void Complete(long highestSequenceNr)
        {
            Leave();
            _actor.OnReplaySuccess();
            _actor.LastSequenceNr = Math.Max(_actor.LastSequenceNr, highestSequenceNr);
            _actor._lastGivenSequenceNr = _actor.LastSequenceNr;
            _isOver = true;
            try
            {
                _actor.HandleInRecovery(RecoveryCompleted.Instance);
            }
            finally
            {
                // Also after a throw: a supervisor that says Resume keeps this incarnation.
                _actor.BeginProcessing();
                _actor.ReturnPermit();
            }
        }

        private void Tick()
        {
            if (!_eventSeen)
            {
                _actor.FailRecovery(new RecoveryTimedOutException(
                    $"{_actor.PersistenceId} got no event within {_timeout.TotalSeconds} s; the last "
                    + $"sequence number seen was {_actor.LastSequenceNr}. See recovery-event-timeout of "
                    + "its journal."));
            }

            _eventSeen = false;
        }
    }
}

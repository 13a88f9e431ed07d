using Akka.Persistence;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.EngineNode.Messages;

namespace TrainingCluster.EngineNode.Journal;

/// <summary>Reads the events of one persistent actor and stops.</summary>
internal sealed class JournalReader : ReceivePersistentActor
{
    private readonly IncarnationLog _log;
    private readonly TaskCompletionSource _done;

    public JournalReader(string persistenceId, IncarnationLog log, TaskCompletionSource done)
    {
        PersistenceId = persistenceId;
        _log = log;
        _done = done;
        Recover<Activated>(begun => Tell(LastSequenceNr, null, begun.By));
        Recover<Recorded>(done => Tell(done.Epoch, done.CommandId, null));
        Recover<RecoveryCompleted>(_ =>
        {
            _done.TrySetResult();
            Context.Stop(Self);
        });
    }

    public override string PersistenceId { get; }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        _done.TrySetException(reason);
        base.OnRecoveryFailure(reason, message);
    }

    private void Tell(long epoch, string? command, string? by) => _log.Write(new LogEntry
    {
        Kind = LogKind.Event,
        Id = PersistenceId,
        Epoch = epoch,
        Command = command,
        Sequence = LastSequenceNr,
        Text = by,
    });
}

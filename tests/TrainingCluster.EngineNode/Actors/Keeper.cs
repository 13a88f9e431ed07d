using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.EngineNode.Messages;

namespace TrainingCluster.EngineNode.Actors;

/// <summary>
/// Writes each command once and answers it after that. Each activation begins with an event of its own, whose
/// sequence number marks everything the activation does.
/// </summary>
internal sealed class Keeper : ReceivePersistentActor, IWithTimers
{
    private readonly IncarnationLog _log;
    private readonly Dictionary<string, long> _sequences = [];
    private long _epoch;

    /// <param name="persistenceId">Who it is.</param>
    /// <param name="log">Where it tells what it does.</param>
    /// <param name="tick">How often it does something without being asked; null = never.</param>
    public Keeper(string persistenceId, IncarnationLog log, TimeSpan? tick)
    {
        PersistenceId = persistenceId;
        _log = log;
        Recover<Recorded>(done => _sequences[done.CommandId] = LastSequenceNr);
        Recover<Activated>(_ => { });
        Recover<RecoveryCompleted>(_ => Persist(new Activated(log.Name), _ => Activate(tick)));
        Command<Command>(Do);
        Command<Tick>(_ => Tell(LogKind.Acting));
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        Tell(LogKind.Stopped);
        base.PostStop();
    }

    private void Activate(TimeSpan? tick)
    {
        _epoch = LastSequenceNr;
        Tell(LogKind.Activated);
        if (tick is { } interval)
        {
            Timers.StartPeriodicTimer("tick", new Tick(), interval);
        }
    }

    private void Do(Command command)
    {
        Tell(LogKind.Acting, command.CommandId);
        if (_sequences.TryGetValue(command.CommandId, out var sequence))
        {
            Answer(command, sequence);
            return;
        }

        Persist(new Recorded(command.CommandId, _epoch), _ =>
        {
            var written = LastSequenceNr;
            Tell(LogKind.Recorded, command.CommandId, written);
            _sequences.Add(command.CommandId, written);
            Answer(command, written);
        });
    }

    private void Answer(Command command, long sequence) =>
        Sender.Tell(new Acknowledgement(PersistenceId, command.CommandId, _epoch, sequence), Self);

    private void Tell(string kind, string? command = null, long? sequence = null)
    {
        var ticks = Stopwatch.GetTimestamp();
        _log.Write(new LogEntry
        {
            Kind = kind,
            Ticks = ticks,
            Id = PersistenceId,
            Epoch = _epoch,
            Command = command,
            Sequence = sequence,
        });
    }

    private sealed record Tick : INotInfluenceReceiveTimeout;
}

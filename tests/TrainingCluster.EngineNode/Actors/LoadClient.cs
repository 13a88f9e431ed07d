using System.Diagnostics;
using Akka.Actor;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.EngineNode.Messages;

namespace TrainingCluster.EngineNode.Actors;

/// <summary>
/// Has one command under way for each target, repeats it under the same id until it is answered, and takes no
/// answer of an older epoch than one it has seen of that target.
/// </summary>
internal sealed class LoadClient : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);

    private readonly IncarnationLog _log;
    private readonly LoadPace _pace;
    private readonly Dictionary<string, Target> _targets;
    private long _number;

    /// <param name="log">Where it tells what it does.</param>
    /// <param name="pace">How fast it is.</param>
    /// <param name="targets">Whom to send each target's commands to, by persistence id.</param>
    public LoadClient(IncarnationLog log, LoadPace pace, IReadOnlyDictionary<string, IActorRef> targets)
    {
        _log = log;
        _pace = pace;
        _targets = targets.ToDictionary(pair => pair.Key, pair => new Target(pair.Value));
        Receive<Tick>(_ => SendAll());
        Receive<Acknowledgement>(Take);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer("tick", new Tick(), TimeSpan.Zero, TickInterval);

    private void SendAll()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var (id, target) in _targets)
        {
            if (target.IsDue(now, _pace))
            {
                Send(id, target, now);
            }
        }
    }

    private void Send(string id, Target target, long now)
    {
        if (target.Command is null)
        {
            target.Command = $"{_log.Name}.{++_number}";
            _log.Write(new LogEntry { Kind = LogKind.Sent, Id = id, Command = target.Command });
        }

        target.LastTime = now;
        target.Receiver.Tell(new Command(id, target.Command), Self);
    }

    private void Take(Acknowledgement answer)
    {
        var target = _targets[answer.Target];
        var isStale = answer.Epoch < target.Epoch;
        if (!isStale && answer.CommandId != target.Command)
        {
            // A repetition's answer; the first one was taken.
            return;
        }

        _log.Write(new LogEntry
        {
            Kind = isStale ? LogKind.Refused : LogKind.Acknowledged,
            Id = answer.Target,
            Epoch = answer.Epoch,
            Command = answer.CommandId,
            Sequence = answer.Sequence,
        });
        if (!isStale)
        {
            target.Epoch = answer.Epoch;
            target.Command = null;
            target.LastTime = Stopwatch.GetTimestamp();
        }
    }

    private sealed record Tick;

    private sealed class Target(IActorRef receiver)
    {
        public IActorRef Receiver { get; } = receiver;

        /// <summary>The one under way.</summary>
        public string? Command { get; set; }

        /// <summary>When it was sent last, or answered.</summary>
        public long? LastTime { get; set; }

        public long Epoch { get; set; }

        public bool IsDue(long now, LoadPace pace) =>
            LastTime is not { } last
            || Stopwatch.GetElapsedTime(last, now) >= (Command is null ? pace.Pause : pace.Retry);
    }
}

/// <param name="Pause">Between an answer and the next command to the same target.</param>
/// <param name="Retry">Between the repetitions of a command that is not answered.</param>
internal sealed record LoadPace(TimeSpan Pause, TimeSpan Retry);

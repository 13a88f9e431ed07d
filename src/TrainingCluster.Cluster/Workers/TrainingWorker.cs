using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using TrainingCluster.Cluster.Nodes;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// Runs one learner on a thread of its own. Made by a <see cref="JobSupervisor"/>, which tells it what to do
/// each time it says <see cref="Ready"/>: after its start and after each restart. A fault on the thread is
/// thrown here, so that the supervisor decides about it; what a thread of an earlier instance still says is
/// recognised by its generation and ignored.
/// </summary>
internal sealed class TrainingWorker : ReceiveActor, IWithTimers
{
    /// <summary>To the supervisor: give me work.</summary>
    internal sealed record Ready : INoSerializationVerificationNeeded;

    /// <summary>From the supervisor, in answer to <see cref="Ready"/>.</summary>
    internal sealed record Begin(long Generation, WorkOrder Order) : INoSerializationVerificationNeeded;

    /// <summary>From the supervisor: checkpoint and say <see cref="Halted"/>.</summary>
    internal sealed record Halt : INoSerializationVerificationNeeded;

    /// <summary>To the supervisor: done.</summary>
    internal sealed record Done(WorkerResult Result) : INoSerializationVerificationNeeded;

    /// <summary>To the supervisor: stopped as told; the checkpoint is written.</summary>
    internal sealed record Halted : INoSerializationVerificationNeeded;

    /// <summary>To the supervisor: the learner has shown no sign of life for too long.</summary>
    internal sealed record Hung(TimeSpan Silence) : INoSerializationVerificationNeeded;

    private sealed record Look : INoSerializationVerificationNeeded;

    private sealed record ThreadEnded(long Generation, WorkOutcome Outcome)
        : INoSerializationVerificationNeeded;

    private readonly WorkerTools _tools;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _generation;
    private WorkThread? _thread;

    public TrainingWorker(WorkerTools tools)
    {
        _tools = tools;
        Receive<Begin>(OnBegin);
        Receive<Halt>(_ => OnHalt());
        Receive<ThreadEnded>(OnThreadEnded);
        Receive<Look>(_ => OnLook());
        ReceiveAny(message => _log.Warning(
            "Worker {0} has no rule for {1} from {2}", Self.Path.Name, message.GetType(), Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(WorkerTools tools) => Akka.Actor.Props.Create(() => new TrainingWorker(tools));

    protected override void PreStart() => Context.Parent.Tell(new Ready());

    // Also run on a restart, by the instance that goes.
    protected override void PostStop()
    {
        _thread?.Cancel();
        _thread?.Dispose();
    }

    private void OnBegin(Begin begin)
    {
        if (_thread is not null)
        {
            _log.Warning("Worker {0} was told to begin twice", Self.Path.Name);
            return;
        }

        var (self, generation) = (Self, begin.Generation);
        _generation = generation;
        _thread = new WorkThread(
            begin.Order,
            _tools,
            outcome => self.Tell(new ThreadEnded(generation, outcome), ActorRefs.NoSender));
        _thread.Start();
        if (_tools.Children is null)
        {
            // A process that hangs is ended by whoever talks to it.
            Timers.StartPeriodicTimer(nameof(Look), new Look(), _tools.Options.HeartbeatTimeout / 4);
        }
    }

    private void OnLook()
    {
        if (_thread is { } thread && thread.Silence >= _tools.Options.HeartbeatTimeout)
        {
            Timers.Cancel(nameof(Look));
            Context.Parent.Tell(new Hung(thread.Silence));
        }
    }

    private void OnHalt()
    {
        if (_thread is null)
        {
            Context.Parent.Tell(new Halted());
            return;
        }

        _thread.Cancel();
    }

    private void OnThreadEnded(ThreadEnded ended)
    {
        if (ended.Generation != _generation)
        {
            _log.Debug("Worker {0} ignores generation {1}", Self.Path.Name, ended.Generation);
            return;
        }

        Timers.Cancel(nameof(Look));
        switch (ended.Outcome)
        {
            case WorkCompleted completed:
                Context.Parent.Tell(new Done(completed.Result));
                break;
            case WorkCancelled:
                Context.Parent.Tell(new Halted());
                break;
            case WorkFaulted faulted:
                ExceptionDispatchInfo.Throw(faulted.Cause);
                break;
        }
    }
}

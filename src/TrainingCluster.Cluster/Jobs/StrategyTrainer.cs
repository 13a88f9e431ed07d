using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>
/// Owns the story of one attempt at one job, as an entity of the cluster named job@attempt: has a node start
/// a worker, bounds its time, registers what it made, and reports to the coordinator until that has written
/// it down. It stores nothing itself. If it is lost, the coordinator's next <see cref="JobCommands.Start"/>
/// makes it anew and it attaches to the worker, which has gone on meanwhile.
/// </summary>
internal sealed class StrategyTrainer : ReceiveActor, IWithTimers
{
    private sealed record AskAgain : INoSerializationVerificationNeeded;

    private sealed record TimeIsUp : INoSerializationVerificationNeeded;

    private readonly string _entityId;
    private readonly TrainerTools _tools;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private JobCommands.Start? _start;
    private JobAttempt? _attempt;
    private IActorRef _agent = ActorRefs.Nobody;
    private long _fence;
    private string? _stopReason;
    private WorkerResult? _result;
    private Func<long, IAboutAttempt>? _report;
    private Action? _question;
    private int _asked;

    public StrategyTrainer(string entityId, TrainerTools tools)
    {
        _entityId = entityId;
        _tools = tools;
        Receive<JobCommands.Start>(OnStart);
        Receive<JobCommands.Stop>(OnStop);
        Receive<WorkerEvents.Attached>(Mine, _ => OnAttached());
        Receive<WorkerEvents.Refused>(Mine, OnRefused);
        Receive<WorkerEvents.Recovering>(Mine, OnRecovering);
        Receive<WorkerEvents.Finished>(Mine, finished => OnFinished(finished.Result));
        Receive<WorkerEvents.Failed>(Mine, OnWorkerFailed);
        Receive<WorkerEvents.Stopped>(Mine, stopped => OnWorkerStopped(stopped.Reason));
        Receive<RegistryAnswers.Registered>(OnRegistered);
        Receive<RegistryAnswers.Refused>(OnRegistrationRefused);
        Receive<JobAnswers.Recorded>(Mine, _ => End());
        Receive<JobAnswers.Superseded>(Mine, OnSuperseded);
        Receive<TimeIsUp>(_ => OnTimeIsUp());
        Receive<AskAgain>(_ => OnAskAgain());
        ReceiveAny(message => _log.Warning(
            "The trainer {0} has no rule for {1} from {2}", _entityId, message.GetType(), Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string entityId, TrainerTools tools) =>
        Akka.Actor.Props.Create(() => new StrategyTrainer(entityId, tools));

    private bool Mine(IAboutAttempt message) => message.Attempt == _attempt;

    private void OnStart(JobCommands.Start start)
    {
        if (start.Fence < _fence)
        {
            return;
        }

        var isNew = _start is null;
        _start = start;
        Adopt(start, start.AgentPath);
        Sender.Tell(new JobEvents.Accepted(start.Attempt, _fence));
        if (_report is not null)
        {
            Report(_report);
        }
        else if (_stopReason is null && _result is null)
        {
            // Also where a worker is known: the agent then only hears the number in force.
            Ask(StartWorker, isRepetition: !isNew);
        }
    }

    private void OnStop(JobCommands.Stop stop)
    {
        if (stop.Fence < _fence)
        {
            return;
        }

        Adopt(stop, stop.AgentPath);
        if (_report is not null)
        {
            Report(_report);
        }
        else if (_result is null)
        {
            StopWorker(stop.Reason);
        }
    }

    private void Adopt(IAboutAttempt command, string agentPath)
    {
        _attempt = command.Attempt;
        _fence = command.Fence;
        _agent = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(agentPath);
    }

    private void StartWorker() => _agent.Tell(new WorkerCommands.Start(
        _attempt!, _fence, _start!.Spec, _start.Strategies, _start.Inputs, _start.Recovery));

    private void OnAttached()
    {
        if (_stopReason is not null || _result is not null || _report is not null)
        {
            return;
        }

        Settle();
        if (!Timers.IsTimerActive(nameof(TimeIsUp)))
        {
            Timers.StartSingleTimer(nameof(TimeIsUp), new TimeIsUp(), _start!.Spec.JobTimeout);
        }
    }

    private void OnRefused(WorkerEvents.Refused refused)
    {
        switch (refused.Code)
        {
            case "no_free_slot":
                break;
            case "unknown" when _stopReason is not null && _report is null:
                OnWorkerStopped(_stopReason);
                break;
            case "stale_fence" when refused.Fence == _fence && _report is null:
                _log.Info("{0}: a later attempt holds the worker", _attempt);
                End();
                break;
        }
    }

    private void OnRecovering(WorkerEvents.Recovering recovering) => _tools.Coordinator.Tell(new JobEvents.Recovering(
        _attempt!, _fence, recovering.Plan, recovering.Where, recovering.Step));

    private void OnTimeIsUp()
    {
        if (_result is null && _report is null)
        {
            _log.Warning("{0} took longer than {1}", _attempt, _start!.Spec.JobTimeout);
            StopWorker(Reasons.Timeout);
        }
    }

    private void StopWorker(string reason)
    {
        _stopReason ??= reason;
        Ask(() => _agent.Tell(new WorkerCommands.Stop(_attempt!, _fence, _stopReason)));
    }

    private void OnWorkerStopped(string reason)
    {
        if (_report is not null)
        {
            return;
        }

        if (reason == Reasons.Timeout)
        {
            var seconds = _start?.Spec.JobTimeout.TotalSeconds ?? 0;
            Report(fence => new JobEvents.Failed(_attempt!, fence, Reasons.Timeout,
                FormattableString.Invariant($"took longer than {seconds} s; its checkpoint is kept"), false));
        }
        else
        {
            Report(fence => new JobEvents.Stopped(_attempt!, fence, reason));
        }
    }

    private void OnWorkerFailed(WorkerEvents.Failed failed)
    {
        if (_report is null)
        {
            var isTimeout = _stopReason == Reasons.Timeout;
            Report(fence => new JobEvents.Failed(
                _attempt!,
                fence,
                isTimeout ? Reasons.Timeout : failed.Reason,
                failed.Detail,
                failed.IsWorthRepeating && !isTimeout));
        }
    }

    private void OnFinished(WorkerResult result)
    {
        if (_result is not null || _report is not null || _start is null)
        {
            return;
        }

        _result = result;
        Timers.Cancel(nameof(TimeIsUp));
        var command = new RegistryCommands.Register(
            Registrations.Of(_start, result, _tools.Clock.GetUtcNow()));
        Ask(() => _tools.Registry.Tell(command));
    }

    private void OnRegistered(RegistryAnswers.Registered registered)
    {
        if (_report is null && _attempt is not null && registered.JobId == _attempt.Job)
        {
            var version = registered.Version;
            var result = new JobResult(
                version.Id, version.Digest, version.Files, version.Metrics, version.Grade.Text);
            Report(fence => new JobEvents.Succeeded(_attempt, fence, result));
        }
    }

    private void OnRegistrationRefused(RegistryAnswers.Refused refused)
    {
        if (_report is null && _attempt is not null && refused.JobId == _attempt.Job)
        {
            Report(fence => new JobEvents.Failed(_attempt, fence, Reasons.RegistrationRefused,
                string.Join("; ", refused.Problems.Select(problem => problem.Text)), false));
        }
    }

    private void Report(Func<long, IAboutAttempt> report)
    {
        _report = report;
        Timers.Cancel(nameof(TimeIsUp));
        Ask(() => _tools.Coordinator.Tell(_report(_fence)));
    }

    // A newer number in force comes with the coordinator's next start; the report is then told under it.
    private void OnSuperseded(JobAnswers.Superseded superseded)
    {
        if (superseded.Fence <= _fence)
        {
            _log.Info("{0}: the coordinator waits for another attempt", _attempt);
            End();
        }
    }

    private void End()
    {
        Settle();
        _agent.Tell(new WorkerCommands.Stop(_attempt!, _fence, "superseded"));
        _agent.Tell(new WorkerCommands.Release(_attempt!, _fence));
        Context.Parent.Tell(new Passivate(PoisonPill.Instance));
    }

    private void Ask(Action question, bool isRepetition = false)
    {
        _question = question;
        _asked = isRepetition ? _asked : 0;
        question();
        Timers.StartSingleTimer(nameof(AskAgain), new AskAgain(), WaitFor(_asked));
    }

    private void Settle()
    {
        _question = null;
        _asked = 0;
        Timers.Cancel(nameof(AskAgain));
    }

    private void OnAskAgain()
    {
        if (_question is null)
        {
            return;
        }

        _asked++;
        if (_asked >= _tools.Options.RetriesMax && _report is null)
        {
            Report(fence => new JobEvents.Failed(_attempt!, fence, Reasons.NoAnswer,
                _result is null ? "its node does not answer" : "the registry does not answer", true));
            return;
        }

        _question();
        Timers.StartSingleTimer(nameof(AskAgain), new AskAgain(), WaitFor(_asked));
    }

    private TimeSpan WaitFor(int asked)
    {
        var doubled = _tools.Options.RetryInterval * Math.Pow(2, Math.Min(asked, 20));
        return doubled < _tools.Options.RetryIntervalMax ? doubled : _tools.Options.RetryIntervalMax;
    }
}

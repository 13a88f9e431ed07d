using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// Waits for one run on behalf of a host: hands its news on and asks the coordinator from time to time, since
/// news can be missed and state cannot. Stops itself with the wait.
/// </summary>
internal sealed class RunListener : ReceiveActor, IWithTimers
{
    private sealed record Look : INoSerializationVerificationNeeded;

    private readonly RunId _run;
    private readonly IActorRef _coordinator;
    private readonly IActorRef _mediator;
    private readonly TimeSpan _pollInterval;
    private readonly IProgress<RunNews>? _progress;
    private readonly TaskCompletionSource _ended;
    private bool _isOver;

    public RunListener(
        RunId run,
        IActorRef coordinator,
        IActorRef mediator,
        TimeSpan pollInterval,
        IProgress<RunNews>? progress,
        TaskCompletionSource ended)
    {
        _run = run;
        _coordinator = coordinator;
        _mediator = mediator;
        _pollInterval = pollInterval;
        _progress = progress;
        _ended = ended;
        Receive<RunChanged>(news => OnNews(news, isTurn: true));
        Receive<JobChanged>(news => OnNews(news, isTurn: news.Status.HasEnded()));
        Receive<RunNews>(news => OnNews(news, isTurn: false));
        Receive<Look>(_ => Ask());
        Receive<RunAnswers.Found>(OnFound);
        Receive<RunAnswers.Refused>(refused =>
            _ended.TrySetException(new RequestRefusedException(refused.Code, refused.Text)));
        Receive<SubscribeAck>(_ => OnSubscribed());
        ReceiveAny(message => Context.GetLogger().Warning(
            "The listener of {0} has no rule for {1} from {2}", _run, message.GetType(), Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        RunId run,
        IActorRef coordinator,
        IActorRef mediator,
        TimeSpan pollInterval,
        IProgress<RunNews>? progress,
        TaskCompletionSource ended) =>
        Akka.Actor.Props.Create(() => new RunListener(run, coordinator, mediator, pollInterval, progress, ended));

    protected override void PreStart()
    {
        _mediator.Tell(new Subscribe(RunNews.Topic, Self));
        Timers.StartPeriodicTimer(nameof(Look), new Look(), TimeSpan.Zero, _pollInterval);
    }

    private void OnNews(RunNews news, bool isTurn)
    {
        if (news.Run != _run)
        {
            return;
        }

        _progress?.Report(news);
        if (isTurn)
        {
            Ask();
        }
    }

    private void Ask() => _coordinator.Tell(new RunQueries.GetRun(_run));

    private void OnFound(RunAnswers.Found found)
    {
        if (found.IsStill && (found.Run.Status.HasEnded() || found.Run.Status.IsHalted()))
        {
            // The news of the end is on its way through the mediator: its next answer comes after it.
            _isOver = true;
            _mediator.Tell(new Subscribe(RunNews.Topic, Self));
        }
    }

    private void OnSubscribed()
    {
        if (_isOver)
        {
            _ended.TrySetResult();
        }
    }
}

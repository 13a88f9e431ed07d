using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.EngineNode.Messages;

namespace TrainingCluster.EngineNode.Actors;

/// <summary>Publishes a heartbeat again and again, and logs everybody's.</summary>
internal sealed class HeartbeatActor : ReceiveActor, IWithTimers
{
    private const string Topic = "heartbeats";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly IActorRef _mediator = DistributedPubSub.Get(Context.System).Mediator;
    private long _number;

    public HeartbeatActor(IncarnationLog log)
    {
        Receive<Tick>(_ => _mediator.Tell(new Publish(Topic, new Heartbeat(log.Node, ++_number)), Self));
        Receive<Heartbeat>(beat => log.Write(new LogEntry
        {
            Kind = LogKind.Heard,
            Text = beat.Node,
            Sequence = beat.Number,
        }));
        Receive<SubscribeAck>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _mediator.Tell(new Subscribe(Topic, Self), Self);
        Timers.StartPeriodicTimer("tick", new Tick(), Interval);
    }

    private sealed record Tick;
}

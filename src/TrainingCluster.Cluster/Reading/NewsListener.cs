using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cluster.Reading;

/// <summary>Subscribes to the news for somebody who is no actor.</summary>
internal sealed class NewsListener : ReceiveActor
{
    private readonly IActorRef _mediator;

    public NewsListener(IActorRef mediator, Action<RunNews> take)
    {
        _mediator = mediator;
        Receive<RunNews>(take);
        Receive<SubscribeAck>(_ => { });
    }

    public static Props Props(IActorRef mediator, Action<RunNews> take) =>
        Akka.Actor.Props.Create(() => new NewsListener(mediator, take));

    protected override void PreStart() => _mediator.Tell(new Subscribe(RunNews.Topic, Self));
}

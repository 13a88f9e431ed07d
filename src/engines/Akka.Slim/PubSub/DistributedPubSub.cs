using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>The id of the extension.</summary>
public sealed class DistributedPubSubExtensionProvider : ExtensionIdProvider<DistributedPubSub>
{
    public override DistributedPubSub CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>Messages by topic to whoever subscribed, on any node.</summary>
public sealed class DistributedPubSub : IExtension
{
    private const string MediatorName = "distributedPubSubMediator";

    internal DistributedPubSub(ExtendedActorSystem system)
    {
        // The same requirement as with the genuine library: topics belong to a cluster.
        _ = Cluster.Get(system);
        Mediator = system.SystemActorOf(Props.Create(() => new DistributedPubSubMediator()), MediatorName);
    }

    /// <summary>Takes <see cref="Publish"/>, <see cref="Subscribe"/> and <see cref="Unsubscribe"/>.</summary>
    public IActorRef Mediator { get; }

    public static DistributedPubSub Get(ActorSystem system) =>
        system.WithExtension<DistributedPubSub, DistributedPubSubExtensionProvider>();
}

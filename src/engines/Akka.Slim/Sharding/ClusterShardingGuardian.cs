using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Sharding;

/// <summary>Parent of regions and coordinators, /system/sharding. Created by the extension.</summary>
internal sealed class ClusterShardingGuardian : UntypedActor
{
    private const int RegistrationsKept = 1000;

    private static readonly TimeSpan CoordinatorLookup = TimeSpan.FromMilliseconds(200);

    /// <summary>Answered with <see cref="Started"/>, or the failure.</summary>
    public sealed record Start(ShardedType Type, bool IsProxy);

    public sealed record Started(IActorRef Region);

    protected override void OnReceive(object message)
    {
        if (message is not Start start)
        {
            Unhandled(message);
            return;
        }

        try
        {
            Sender.Tell(new Started(Region(start)), Self);
        }
        catch (Exception cause)
        {
            Sender.Tell(new Status.Failure(cause), Self);
        }
    }

    private static IActorRef Region(Start start)
    {
        var type = start.Type;
        var name = Uri.EscapeDataString(type.Name);
        var regionName = start.IsProxy ? $"{name}Proxy" : name;
        var existing = Context.Child(regionName);
        if (!existing.IsNobody())
        {
            return existing;
        }

        if (!start.IsProxy)
        {
            StartCoordinator(type, name);
        }

        var proxy = CoordinatorProxy(type, name);
        return Context.ActorOf(
            Props.CreateBy(new RegionProducer(type, proxy, start.IsProxy)), regionName);
    }

    private static void StartCoordinator(ShardedType type, string name) =>
        Context.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new ShardCoordinator(type)),
                PoisonPill.Instance,
                type.Settings.CoordinatorSingletonSettings.WithRole(type.Settings.Role)),
            $"{name}Coordinator");

    private static IActorRef CoordinatorProxy(ShardedType type, string name)
    {
        var proxyName = $"{name}CoordinatorProxy";
        var existing = Context.Child(proxyName);
        if (!existing.IsNobody())
        {
            return existing;
        }

        var settings = new ClusterSingletonProxySettings(
            type.Settings.CoordinatorSingletonSettings.SingletonName,
            type.Settings.Role,
            CoordinatorLookup,
            RegistrationsKept);
        return Context.ActorOf(
            ClusterSingletonProxy.Props(
                $"{Context.Self.Path.ToStringWithoutAddress()}/{name}Coordinator", settings),
            proxyName);
    }

    private sealed class RegionProducer(ShardedType type, IActorRef proxy, bool isProxy)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(ShardRegion);

        public ActorBase Produce() => new ShardRegion(type, proxy, isProxy);

        public void Release(ActorBase actor)
        {
        }
    }
}

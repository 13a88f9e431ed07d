using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Tools.Singleton;
using Akka.Store;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Starts regions and coordinators below /system/sharding, from any thread and without waiting.
/// </summary>
internal sealed class ShardedTypes
{
    // The proxy forgets registrations that a later one of the same region replaces.
    private const int RegistrationsKept = 10;

    private static readonly TimeSpan CoordinatorLookup = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly ExtendedActorSystem _system;
    private readonly Cluster _cluster;
    private readonly IShardHomes _homes;
    private LocalActorRef? _guardian;

    public ShardedTypes(ExtendedActorSystem system)
    {
        _system = system;
        _cluster = Cluster.Get(system);
        _homes = StoreNodes.HasStore(system)
            ? new StoredShardHomes(StoresExtensionId.Instance.Apply(system).Stores.Membership)
            : new NoShardHomes();
    }

    /// <summary>The one that was started before, where there is one.</summary>
    public IActorRef Start(ShardedType type, bool isProxy)
    {
        lock (_lock)
        {
            var parent = _guardian ??= StartGuardian();
            var name = Uri.EscapeDataString(type.Name);
            var regionName = isProxy ? $"{name}Proxy" : name;
            if (parent.Cell.Child(regionName) is { } existing && !existing.IsNobody())
            {
                return existing;
            }

            if (!isProxy)
            {
                StartCoordinator(parent.Cell, type, name);
            }

            var proxy = CoordinatorProxy(parent.Cell, type, name);
            return parent.Cell.ActorOf(
                Props.CreateBy(new RegionProducer(type, proxy, isProxy)), regionName);
        }
    }

    private LocalActorRef StartGuardian()
    {
        var name = _system.Settings.Config.GetString("akka.cluster.sharding.guardian-name") ?? "sharding";
        return (LocalActorRef)_system.SystemActorOf(Props.Create(() => new Guardian()), name);
    }

    private void StartCoordinator(ActorCell parent, ShardedType type, string name)
    {
        if (!parent.Child($"{name}Coordinator").IsNobody())
        {
            return;
        }

        var homes = _homes;
        parent.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new ShardCoordinator(type, homes)),
                ShardCoordinator.StopInOrder.Instance,
                type.Settings.CoordinatorSingletonSettings.WithRole(type.Settings.Role)),
            $"{name}Coordinator");
    }

    private static IActorRef CoordinatorProxy(ActorCell parent, ShardedType type, string name)
    {
        var proxyName = $"{name}CoordinatorProxy";
        var existing = parent.Child(proxyName);
        if (!existing.IsNobody())
        {
            return existing;
        }

        var settings = new ClusterSingletonProxySettings(
            type.Settings.CoordinatorSingletonSettings.SingletonName,
            type.Settings.Role,
            CoordinatorLookup,
            RegistrationsKept);
        return parent.ActorOf(
            ClusterSingletonProxy.Props(
                $"{parent.Self.Path.ToStringWithoutAddress()}/{name}Coordinator", settings),
            proxyName);
    }

    /// <summary>Only a parent; what fails below it is restarted.</summary>
    private sealed class Guardian : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
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

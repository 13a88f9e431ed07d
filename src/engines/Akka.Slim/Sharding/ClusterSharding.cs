using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>The id of the extension.</summary>
public sealed class ClusterShardingExtensionProvider : ExtensionIdProvider<ClusterSharding>
{
    public override ClusterSharding CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>
/// Entities spread over the nodes by id, each alive at most once: messages go to the region of their type,
/// which finds the entity or starts it.
/// </summary>
public class ClusterSharding : IExtension
{
    private readonly ConcurrentDictionary<string, IActorRef> _regions = new();
    private readonly ConcurrentDictionary<string, IActorRef> _proxies = new();
    private readonly ShardedTypes _types;
    private readonly Cluster _cluster;

    internal ClusterSharding(ExtendedActorSystem system)
    {
        _cluster = Cluster.Get(system);
        Settings = ClusterShardingSettings.Create(system);
        _types = new ShardedTypes(system);
    }

    public ClusterShardingSettings Settings { get; }

    public ImmutableHashSet<string> ShardTypeNames => [.. _regions.Keys];

    public static ClusterSharding Get(ActorSystem system) =>
        system.WithExtension<ClusterSharding, ClusterShardingExtensionProvider>();

    public static Config DefaultConfig() => ConfigurationFactory.ParseString(ShardingReference.Text);

    public IActorRef Start(
        string typeName,
        Props entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        Start(typeName, _ => entityProps, settings, messageExtractor);

    /// <param name="typeName">Unique in the cluster.</param>
    /// <param name="entityProps">Of every entity.</param>
    /// <param name="settings">See <see cref="ClusterShardingSettings.Create(ActorSystem)"/>.</param>
    /// <param name="messageExtractor">The same on every node.</param>
    /// <param name="allocationStrategy">Where shards go.</param>
    /// <param name="handOffStopMessage">Sent to entities that must stop; they then stop themselves.</param>
    public IActorRef Start(
        string typeName,
        Props entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage) =>
        Start(typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage);

    public IActorRef Start(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        Start(
            typeName,
            entityPropsFactory,
            settings,
            messageExtractor,
            DefaultShardAllocationStrategy(settings),
            PoisonPill.Instance);

    /// <summary>
    /// Starts the region of a type on this node, or its proxy where the node lacks the role.
    /// </summary>
    public IActorRef Start(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage)
    {
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
        {
            return StartProxy(typeName, role, messageExtractor);
        }

        var type = new ShardedType(
            typeName,
            entityPropsFactory,
            settings,
            new EnvelopeExtractor(messageExtractor),
            allocationStrategy,
            handOffStopMessage);
        return _regions[typeName] = _types.Start(type, isProxy: false);
    }


    public Task<IActorRef> StartAsync(
        string typeName,
        Props entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        StartAsync(typeName, _ => entityProps, settings, messageExtractor);

    public Task<IActorRef> StartAsync(
        string typeName,
        Props entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage) =>
        StartAsync(
            typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage);

    public Task<IActorRef> StartAsync(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        StartAsync(
            typeName,
            entityPropsFactory,
            settings,
            messageExtractor,
            DefaultShardAllocationStrategy(settings),
            PoisonPill.Instance);

    public Task<IActorRef> StartAsync(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage) =>
        Task.FromResult(Start(
            typeName,
            entityPropsFactory,
            settings,
            messageExtractor,
            allocationStrategy,
            handOffStopMessage));

    /// <summary>A region that hosts nothing, for nodes that only send.</summary>
    public IActorRef StartProxy(string typeName, string? role, IMessageExtractor messageExtractor)
    {
        var settings = Settings.WithRole(role);
        var type = new ShardedType(
            typeName,
            _ => Props.None,
            settings,
            new EnvelopeExtractor(messageExtractor),
            DefaultShardAllocationStrategy(settings),
            PoisonPill.Instance);
        return _proxies[typeName] = _types.Start(type, isProxy: true);
    }

    public Task<IActorRef> StartProxyAsync(
        string typeName, string? role, IMessageExtractor messageExtractor) =>
        Task.FromResult(StartProxy(typeName, role, messageExtractor));

    /// <exception cref="ArgumentException">The type has not been started on this node.</exception>
    public IActorRef ShardRegion(string typeName) =>
        _regions.TryGetValue(typeName, out var region) || _proxies.TryGetValue(typeName, out region)
            ? region
            : throw NotStarted(typeName, nameof(Start));

    /// <exception cref="ArgumentException">No proxy of the type has been started on this node.</exception>
    public IActorRef ShardRegionProxy(string typeName) =>
        _proxies.TryGetValue(typeName, out var proxy)
            ? proxy
            : throw NotStarted(typeName, nameof(StartProxy));

    public IShardAllocationStrategy DefaultShardAllocationStrategy(ClusterShardingSettings settings) =>
        ShardAllocationStrategy.LeastShardAllocationStrategy(
            settings.TuningParameters.LeastShardAllocationAbsoluteLimit,
            settings.TuningParameters.LeastShardAllocationRelativeLimit);

    private ArgumentException NotStarted(string typeName, string method) =>
        new(
            $"Shard type {typeName} is not started on this node; call {method} first. Started are: "
            + $"{string.Join(", ", ShardTypeNames.Order())}.",
            nameof(typeName));
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;

namespace Akka.Cluster;

/// <summary>The id of the cluster extension.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>
/// This actor system as a node of the cluster; needs <c>akka.actor.provider = cluster</c>. The node joins
/// when told to, or at once where <c>akka.cluster.seed-nodes</c> names it.
/// </summary>
public class Cluster : IExtension
{
    private readonly IMembership _membership;
    private readonly INodeWire? _wire;
    private readonly bool _isAlone;
    private readonly IActorRef _daemon;
    private readonly ClusterShutdown _shutdown;
    private readonly TaskCompletionSource _removed;
    private volatile MembershipState _state = MembershipState.Empty;
    private volatile bool _isTerminated;
    private volatile string? _joinRefusal;

    /// <exception cref="ConfigurationException">The system is not configured to be a cluster's.</exception>
    internal Cluster(ExtendedActorSystem system)
    {
        System = system;
        _removed = new TaskCompletionSource(((ActorSystemImpl)system).Completions);
        RequireClusterProvider(system);
        system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString(ClusterReference.Text));
        var config = system.Settings.Config;
        Settings = new ClusterSettings(config, system.Name);
        SelfUniqueAddress = StoreNodes.Identity(system, AddressOf(config, system.Name));
        ((LocalActorRefProvider)system.Provider).DefaultAddress = SelfAddress;
        _isAlone = !StoreNodes.HasStore(system);
        if (_isAlone)
        {
            _membership = new SingleNodeMembership(Settings.MinNrOfMembers);
            ActingRight = ActingRight.Unlimited(((ActorSystemImpl)system).Time);
        }
        else
        {
            var node = StoreNodes.Make(system, Settings, SelfUniqueAddress);
            _wire = node.Wire;
            _membership = new StoreMembership(system, node);
            ActingRight = node.Right;
        }

        _daemon = system.SystemActorOf(
            Props.Create(() => new ClusterDaemon(this, _membership)), "cluster");
        _shutdown = new ClusterShutdown(this, _membership);
        if (_isAlone ? Settings.SeedNodes.Contains(SelfAddress) : Settings.SeedNodes.Count > 0)
        {
            Join(SelfAddress);
        }
    }

    public ClusterSettings Settings { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    public ExtendedActorSystem System { get; }

    /// <summary>The membership as this node knows it.</summary>
    public ClusterEvent.CurrentClusterState State => _state.Snapshot();

    /// <summary>This node; of status Removed where it has not joined, or has left.</summary>
    public Member SelfMember => _state.Find(SelfUniqueAddress)
        ?? Self(MemberStatus.Removed);

    public bool IsUp => SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp;

    /// <summary>True once the node has left; it never comes back, a new actor system has to join.</summary>
    public bool IsTerminated => _isTerminated;

    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    /// <summary>Sends the present state first, then the events of the given classes.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) =>
        Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    /// <exception cref="ArgumentException">No class, or one that is no cluster event.</exception>
    public void Subscribe(
        IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        var wrong = to.Where(type =>
            !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(type)).ToList();
        if (to.Length == 0 || wrong.Count > 0)
        {
            throw new ArgumentException(
                $"Subscribe to classes of {nameof(ClusterEvent.IClusterDomainEvent)}, at least one; "
                + $"wrong: {string.Join(", ", wrong.Select(type => type.Name))}.",
                nameof(to));
        }

        _daemon.Tell(new ClusterDaemon.Subscribe(subscriber, initialStateMode, to), ActorRefs.NoSender);
    }

    public void Unsubscribe(IActorRef subscriber) =>
        _daemon.Tell(new ClusterDaemon.Unsubscribe(subscriber, null), ActorRefs.NoSender);

    public void Unsubscribe(IActorRef subscriber, Type to) =>
        _daemon.Tell(new ClusterDaemon.Unsubscribe(subscriber, to), ActorRefs.NoSender);

    public void SendCurrentClusterState(IActorRef receiver) =>
        _daemon.Tell(new ClusterDaemon.SendState(receiver), ActorRefs.NoSender);

    /// <summary>
    /// Joins the cluster of the node with the address; with its own, forms one. Nodes on a shared store form
    /// one cluster, whatever the address is.
    /// </summary>
    /// <exception cref="NotSupportedException">The address is another node's, and there is no store.</exception>
    public void Join(Address address)
    {
        if (_isAlone && !IsSelf(address))
        {
            throw new NotSupportedException(
                $"{SelfAddress} cannot join {address}: only a cluster of one is supported; "
                + $"join {SelfAddress} itself.");
        }

        if (!_isTerminated)
        {
            _membership.Join(Self(MemberStatus.Joining));
        }
    }

    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => Join(seedNodes.First());

    /// <summary>Ends when the node is up; fails where it can never be.</summary>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        if (_isTerminated)
        {
            return Task.FromException(new InvalidOperationException(
                $"{SelfAddress} has left the cluster; start a new actor system to join again."));
        }

        var up = new TaskCompletionSource(((ActorSystemImpl)System).Completions);
        RegisterOnMemberUp(() => up.TrySetResult());
        RegisterOnMemberRemoved(() => up.TrySetException(new ClusterJoinFailedException(
            _joinRefusal ?? $"{SelfAddress} was removed before it was up.")));
        Join(address);
        return up.Task.WaitAsync(token);
    }

    /// <summary>
    /// Begins the orderly way out; for this node it ends with the shutdown of the actor system.
    /// </summary>
    public void Leave(Address address) => _membership.Leave(Filled(address));

    /// <summary>Ends when this node has been removed.</summary>
    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        Leave(SelfAddress);
        return _removed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes a node out of the cluster, whatever it does.</summary>
    public void Down(Address address) => _membership.Down(Filled(address));

    /// <summary>
    /// Calls back once when this node is up, at once where it is; on a thread of the engine.
    /// </summary>
    public void RegisterOnMemberUp(Action callback) =>
        _daemon.Tell(new ClusterDaemon.OnUp(callback), ActorRefs.NoSender);

    /// <summary>Calls back once when this node is removed, at once where it was.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (_isTerminated)
        {
            callback();
        }
        else
        {
            _daemon.Tell(new ClusterDaemon.OnRemoved(callback), ActorRefs.NoSender);
        }
    }

    /// <summary>Guards actors that must be alone in the cluster.</summary>
    internal ActingRight ActingRight { get; }

    internal void Update(MembershipState state)
    {
        _state = state;
        _wire?.Update(state);
    }

    internal void BeginExit() => _shutdown.Begin();

    internal void Terminate(bool wasDowned)
    {
        _isTerminated = true;
        _wire?.Close();
        _removed.TrySetResult();
        if (wasDowned)
        {
            _shutdown.BeginDowned();
        }
    }

    /// <summary>The node cannot join, now or ever.</summary>
    internal void FailJoin(string why)
    {
        _joinRefusal = why;
        Terminate(wasDowned: false);
        _shutdown.BeginAfterFailedJoin();
    }

    private static void RequireClusterProvider(ExtendedActorSystem system)
    {
        var provider = system.Settings.Config.GetString("akka.actor.provider") ?? "";
        if (provider != "cluster" && !provider.Contains("ClusterActorRefProvider", StringComparison.Ordinal))
        {
            throw new ConfigurationException(
                $"akka.actor.provider is \"{provider}\"; the cluster of {system.Name} needs "
                + "it to be \"cluster\".");
        }
    }

    private static Address AddressOf(Config config, string systemName)
    {
        const string Transport = "akka.remote.dot-netty.tcp";
        var publicName = config.GetString($"{Transport}.public-hostname");
        var host = string.IsNullOrEmpty(publicName) ? config.GetString($"{Transport}.hostname") : publicName;
        return new Address(
            "akka.tcp",
            systemName,
            string.IsNullOrEmpty(host) ? "127.0.0.1" : host,
            config.GetInt($"{Transport}.port"));
    }

    private Member Self(MemberStatus status) =>
        new(SelfUniqueAddress, Member.NotYetUp, status, SelfRoles, Settings.AppVersion);

    private bool IsSelf(Address address) => Filled(address).Equals(SelfAddress);

    /// <summary>The address of a local reference has no host; it means this node.</summary>
    private Address Filled(Address address) =>
        address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Gives each shard of a type its home; one in the cluster, as a singleton. It remembers nothing over a
/// restart: regions register again, and shards get their homes when messages for them come.
/// </summary>
internal sealed class ShardCoordinator : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, List<string>> _regions = [];
    private readonly HashSet<IActorRef> _proxies = [];
    private readonly HashSet<IActorRef> _leaving = [];
    private readonly Dictionary<string, IActorRef> _homes = [];
    private readonly HashSet<string> _moving = [];
    private readonly HashSet<string> _allocating = [];
    private readonly ShardedType _type;

    public ShardCoordinator(ShardedType type) => _type = type;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(
            nameof(RebalanceTick), RebalanceTick.Instance, _type.Settings.TuningParameters.RebalanceInterval);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Register register:
                Add(register);
                break;
            case GetShardHome request:
                FindHome(request.ShardId, Sender);
                break;
            case Allocated allocated:
                SetHome(allocated);
                break;
            case GracefulShutdownRequest request:
                Leave(request.Region);
                break;
            case ShardHandOff.Finished finished:
                Moved(finished);
                break;
            case RebalanceTick:
                Rebalance();
                break;
            case Moves moves:
                foreach (var shardId in moves.Shards)
                {
                    Move(shardId);
                }

                break;
            case GetRegions:
                Sender.Tell(new CurrentRegions(_regions.Keys.Select(AddressOf).ToImmutableHashSet()), Self);
                break;
            case Terminated terminated:
                Lost(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static Address AddressOf(IActorRef region) =>
        region.Path.Address.HasLocalScope ? Cluster.Get(Context.System).SelfAddress : region.Path.Address;

    private void Add(Register register)
    {
        var isNew = register.IsProxy
            ? _proxies.Add(register.Region)
            : _regions.TryAdd(register.Region, []);
        if (isNew)
        {
            Context.Watch(register.Region);
        }

        register.Region.Tell(new RegisterAck(Self), Self);
    }

    private void FindHome(string shardId, IActorRef asker)
    {
        if (_homes.TryGetValue(shardId, out var home) && !_moving.Contains(shardId))
        {
            asker.Tell(new ShardHome(shardId, home), Self);
            return;
        }

        var candidates = Allocations();
        if (_moving.Contains(shardId) || candidates.Count == 0 || !_allocating.Add(shardId))
        {
            // The region asks again after its retry interval.
            return;
        }

        var self = Self;
        _ = _type.Allocation.AllocateShard(asker, shardId, candidates).PipeTo(
            self,
            self,
            region => new Allocated(shardId, region, asker),
            cause => new Allocated(shardId, null, asker, cause));
    }

    private void SetHome(Allocated allocated)
    {
        _allocating.Remove(allocated.ShardId);
        if (allocated.Region is null || !_regions.TryGetValue(allocated.Region, out var shards)
            || _leaving.Contains(allocated.Region))
        {
            _log.Warning(
                "No home for shard {0} of {1} yet: {2}",
                allocated.ShardId,
                _type.Name,
                allocated.Cause?.Message ?? "the chosen region has gone");
            return;
        }

        _homes[allocated.ShardId] = allocated.Region;
        shards.Add(allocated.ShardId);
        allocated.Region.Tell(new HostShard(allocated.ShardId), Self);
        allocated.Asker.Tell(new ShardHome(allocated.ShardId, allocated.Region), Self);
    }

    private void Leave(IActorRef region)
    {
        if (!_regions.TryGetValue(region, out var shards))
        {
            return;
        }

        _leaving.Add(region);
        foreach (var shardId in shards.Order(StringComparer.Ordinal).ToList())
        {
            Move(shardId);
        }
    }

    private void Rebalance()
    {
        var self = Self;
        _ = _type.Allocation.Rebalance(Allocations(), _moving.ToImmutableHashSet()).PipeTo(
            self, self, shards => new Moves([.. shards.Order(StringComparer.Ordinal)]), _ => new Moves([]));
    }

    private void Move(string shardId)
    {
        if (!_homes.TryGetValue(shardId, out var owner) || !_moving.Add(shardId))
        {
            return;
        }

        var regions = _regions.Keys.Concat(_proxies).ToList();
        var timeout = _type.Settings.TuningParameters.HandOffTimeout;
        Context.ActorOf(Props.Create(() => new ShardHandOff(shardId, owner, regions, timeout)));
    }

    private void Moved(ShardHandOff.Finished finished)
    {
        _moving.Remove(finished.ShardId);
        if (!finished.HasStopped)
        {
            _log.Warning("Shard {0} of {1} has not been handed over in time.", finished.ShardId, _type.Name);
            return;
        }

        if (_homes.Remove(finished.ShardId, out var owner))
        {
            _regions.GetValueOrDefault(owner)?.Remove(finished.ShardId);
        }
    }

    private void Lost(IActorRef region)
    {
        _proxies.Remove(region);
        _leaving.Remove(region);
        if (_regions.Remove(region, out var shards))
        {
            shards.ForEach(shardId => _homes.Remove(shardId));
        }
    }

    private ImmutableDictionary<IActorRef, IImmutableList<string>> Allocations() =>
        _regions.Where(region => !_leaving.Contains(region.Key)).ToImmutableDictionary(
            region => region.Key, region => (IImmutableList<string>)region.Value.ToImmutableList());

    private sealed record Allocated(
        string ShardId, IActorRef? Region, IActorRef Asker, Exception? Cause = null);

    private sealed record Moves(ImmutableArray<string> Shards);

    private sealed class RebalanceTick
    {
        public static readonly RebalanceTick Instance = new();
    }
}

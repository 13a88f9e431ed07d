using System.Collections.Immutable;
using Akka.Actor;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>Registration, shutdown and queries.</summary>
public sealed partial class ShardRegion
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Starts an entity without a message; answered with <see cref="StartEntityAck"/>.</summary>
    public sealed record StartEntity(string EntityId);

    public sealed record StartEntityAck(string EntityId, string ShardId);

    private void Register()
    {
        if (_coordinator is null)
        {
            _coordinatorProxy.Tell(new Register(Self, _isProxy), Self);
        }
    }

    private void Registered(IActorRef coordinator)
    {
        if (coordinator.Equals(_coordinator))
        {
            return;
        }

        _coordinator = Context.Watch(coordinator);
        TryAgain();
    }

    private void TryAgain()
    {
        if (_coordinator is null)
        {
            Register();
            return;
        }

        if (_isShuttingDown)
        {
            _coordinator.Tell(new GracefulShutdownRequest(Self), Self);
        }

        foreach (var shardId in _buffers.Keys)
        {
            _coordinator.Tell(new GetShardHome(shardId), Self);
        }
    }

    /// <summary>Entities must stop in order before the node leaves.</summary>
    private void ShutDownWithTheNode()
    {
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            $"region-shutdown-{_type.Name}",
            () =>
            {
                self.Tell(GracefulShutdown.Instance, ActorRefs.NoSender);
                return _stopped.Task;
            });
    }

    private void BeginShutdown()
    {
        _isShuttingDown = true;
        StopWhenEmpty();
        if (_shards.Count > 0)
        {
            TryAgain();
        }
    }

    private void StopWhenEmpty()
    {
        if (_isShuttingDown && _shards.Count == 0)
        {
            Context.Stop(Self);
        }
    }

    private void Answer(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetShardRegionState:
                _ = ShardStates().ContinueWith(
                    states => new CurrentShardRegionState([.. states.Result]), TaskScheduler.Default)
                    .PipeTo(Sender, Self);
                break;
            case GetShardRegionStats:
                _ = Stats().PipeTo(Sender, Self);
                break;
            case GetClusterShardingStats:
                var address = _cluster.SelfAddress;
                _ = Stats().ContinueWith(
                    stats => new ClusterShardingStats(
                        ImmutableDictionary<Address, ShardRegionStats>.Empty.Add(address, stats.Result)),
                    TaskScheduler.Default).PipeTo(Sender, Self);
                break;
            case GetCurrentRegions when _coordinator is not null:
                _coordinator.Forward(new GetRegions());
                break;
            case GetCurrentRegions:
                Sender.Tell(new CurrentRegions(ImmutableHashSet<Address>.Empty), Self);
                break;
            default:
                Unhandled(query);
                break;
        }
    }

    private Task<ShardState[]> ShardStates() =>
        Task.WhenAll(_shards.Values.Select(shard =>
            shard.Ask<ShardState>(new Shard.GetState(), QueryTimeout)));

    private async Task<ShardRegionStats> Stats()
    {
        var states = await ShardStates().ConfigureAwait(false);
        return new ShardRegionStats(
            states.ToImmutableDictionary(state => state.ShardId, state => state.EntityIds.Count));
    }
}

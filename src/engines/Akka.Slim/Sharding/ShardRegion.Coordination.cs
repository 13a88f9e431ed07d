using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>What the coordinator and the region tell each other.</summary>
public sealed partial class ShardRegion
{
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromMinutes(1);

    /// <summary>Starts an entity without a message; answered with <see cref="StartEntityAck"/>.</summary>
    public sealed record StartEntity
    {
        public StartEntity(string entityId) => EntityId = entityId;

        public string EntityId { get; }
    }

    internal sealed record StartEntityAck(string EntityId, string ShardId);

    private void Hear(IFromCoordinator news)
    {
        if (news.Epoch < _epoch)
        {
            _log.Debug("Region {0} ignores {1}; the epoch is {2}.", _type.Name, news, _epoch);
            return;
        }

        _epoch = news.Epoch;
        switch (news)
        {
            case RegisterAck ack:
                Registered(ack.Coordinator);
                break;
            case RegisterRefused refused:
                Refused(refused);
                break;
            case RegisterAgain:
                RegisterAt(Sender);
                break;
            case ShardHome home:
                HomeFound(home);
                break;
            case HostShard host:
                Host(host.ShardId);
                break;
            case BeginHandOff begin:
                _homes.Remove(begin.ShardId);
                Sender.Tell(new BeginHandOffAck(begin.Epoch, begin.Move, begin.ShardId), Self);
                break;
            case HandOff handOff:
                GiveAway(handOff);
                break;
        }
    }

    private void Register()
    {
        if (_coordinator is null)
        {
            RegisterAt(_coordinatorProxy);
        }
    }

    private void RegisterAt(IActorRef coordinator) => coordinator.Tell(
        new Register(
            Self,
            _cluster.SelfUniqueAddress.Uid,
            _isProxy,
            _type.Extractor.NumberOfShards,
            _shards.Running,
            _shards.HandedOver),
        Self);

    private void Registered(IActorRef coordinator)
    {
        if (!coordinator.Equals(_coordinator))
        {
            if (_coordinator is not null)
            {
                Context.Unwatch(_coordinator);
            }

            _coordinator = Context.Watch(coordinator);
            ForgetOthers();
        }

        TryAgain();
    }

    /// <summary>Moves of which this region has not heard may have been made in between.</summary>
    private void ForgetOthers()
    {
        var others = _homes.Where(home => !home.Value.Equals(Self)).Select(home => home.Key).ToList();
        others.ForEach(shardId => _homes.Remove(shardId));
    }

    private void Refused(RegisterRefused refused)
    {
        if (!Timers.IsTimerActive(nameof(RefusalLogged)))
        {
            Timers.StartSingleTimer(nameof(RefusalLogged), RefusalLogged.Instance, RefusalLogInterval);
            _log.Error(
                "This node spreads {0} over {1} shards, the cluster over {2}: it hosts none and reaches "
                + "none. A new number of shards needs a new type name.",
                _type.Name,
                _type.Extractor.NumberOfShards,
                refused.NumberOfShards);
        }
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

    private void HomeFound(ShardHome home)
    {
        if (home.Region.Equals(Self))
        {
            Host(home.ShardId);
            return;
        }

        _homes[home.ShardId] = home.Region;
        Context.Watch(home.Region);
        Flush(home.ShardId, home.Region);
    }

    private void Host(string shardId)
    {
        _homes[shardId] = Self;
        if (MayDeliver(shardId))
        {
            StartShard(shardId);
            Flush(shardId, Self);
        }

        if (_isShuttingDown)
        {
            _coordinator?.Tell(new GracefulShutdownRequest(Self), Self);
        }
    }

    private void GiveAway(HandOff handOff)
    {
        // Others may have sent what is kept here; delivering it later could put it behind what they send
        // next.
        DropBuffer(handOff.ShardId);
        _homes.Remove(handOff.ShardId);
        var answer = new ShardStopped(handOff.Epoch, handOff.Move, handOff.ShardId);
        if (_shards.Find(handOff.ShardId) is not { } shard)
        {
            Sender.Tell(answer, Self);
            return;
        }

        _shards.AnswerAtTheEnd(handOff.ShardId, Sender, answer);
        if (!_shards.IsStopping(handOff.ShardId))
        {
            _shards.MarkStopping(handOff.ShardId);
            shard.Tell(new Shard.HandOff(), Self);
        }
    }

    private void RightChanged(bool isHeld)
    {
        if (isHeld)
        {
            RegisterAt(_coordinator ?? _coordinatorProxy);
            return;
        }

        // Not asked: they do not handle messages any more.
        foreach (var (shardId, shard) in _shards.All)
        {
            _shards.MarkStopping(shardId);
            Context.Stop(shard);
        }
    }

    private sealed class RefusalLogged : INoSerializationVerificationNeeded
    {
        public static readonly RefusalLogged Instance = new();
    }
}

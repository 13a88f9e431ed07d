using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>Shards on their way from one region to another.</summary>
internal sealed partial class ShardCoordinator
{
    private readonly Dictionary<string, HandOffState> _moves = [];
    private long _lastMove;

    private void Rebalance()
    {
        if (!_isReady || _isStopping)
        {
            return;
        }

        var moving = _moves.Keys.ToImmutableSortedSet(StringComparer.Ordinal);
        _ = Attempt(() => _type.Allocation.Rebalance(Candidates(), moving)).PipeTo(
            Self,
            Self,
            shards => new Moves([.. shards.Order(StringComparer.Ordinal)]),
            cause => new RebalanceFailed(cause));
    }

    private void Move(string shardId)
    {
        if (_isStopping || !_state.Homes.TryGetValue(shardId, out var owner) || _moves.ContainsKey(shardId)
            || _changing.Contains(shardId))
        {
            return;
        }

        var move = HandOffState.Begin(++_lastMove, shardId, owner, _state.Everybody);
        _moves.Add(shardId, move);
        SetDeadline(move, Tuning.HandOffTimeout);
        TellToBegin(move);
    }

    private void TellToBegin(HandOffState move)
    {
        foreach (var region in move.Unacknowledged)
        {
            region.Tell(new BeginHandOff(_epoch, move.Number, move.ShardId), Self);
        }
    }

    private void Acknowledged(BeginHandOffAck ack, IActorRef region)
    {
        if (ack.Epoch == _epoch && _moves.TryGetValue(ack.ShardId, out var move) && move.Number == ack.Move)
        {
            Advance(move.Without(region));
        }
    }

    private void Advance(HandOffState move)
    {
        if (move.MayStop)
        {
            move = move.Stop();
            // Twice: the shard itself stops its entities by force after the timeout, and then has to report.
            SetDeadline(move, 2 * Tuning.HandOffTimeout);
            move.Owner.Tell(new HandOff(_epoch, move.Number, move.ShardId), Self);
        }

        _moves[move.ShardId] = move;
    }

    private void Stopped(ShardStopped stopped)
    {
        if (stopped.Epoch == _epoch && _moves.TryGetValue(stopped.ShardId, out var move)
            && move.Number == stopped.Move)
        {
            EndMove(move.ShardId);
            var uid = _state.Regions[move.Owner].Uid;
            Enqueue(new HomeChange.Release(move.ShardId, move.Owner, uid, OnlyIfGone: false));
        }
    }

    /// <summary>
    /// The shard stays where it is: its owner takes messages for it again, or starts it again once it has
    /// stopped after all.
    /// </summary>
    private void GiveUp(MoveTimedOut timeout)
    {
        if (timeout.Epoch != _epoch || !_moves.TryGetValue(timeout.ShardId, out var move)
            || move.Number != timeout.Move)
        {
            return;
        }

        _log.Warning(
            "Shard {0} of {1} has not been handed over in time by {2}; silent regions: {3}",
            move.ShardId,
            _type.Name,
            move.Owner,
            string.Join(", ", move.Unacknowledged));
        EndMove(move.ShardId);
        TellHome(move.ShardId);
    }

    /// <summary>A region that was just restarting has lost what it was told; all may be told twice.</summary>
    private void Remind()
    {
        foreach (var move in _moves.Values)
        {
            TellToBegin(move);
            if (move.IsStopping)
            {
                move.Owner.Tell(new HandOff(_epoch, move.Number, move.ShardId), Self);
            }
        }
    }

    private void EndMove(string shardId)
    {
        _moves.Remove(shardId);
        Timers.Cancel((nameof(Move), shardId));
    }

    private void SetDeadline(HandOffState move, TimeSpan after) => Timers.StartSingleTimer(
        (nameof(Move), move.ShardId), new MoveTimedOut(_epoch, move.Number, move.ShardId), after);

    private sealed record MoveTimedOut(long Epoch, long Move, string ShardId)
        : INoSerializationVerificationNeeded;
}

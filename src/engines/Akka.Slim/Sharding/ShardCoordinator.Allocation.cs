using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Sharding.CoordinatorProtocol;

namespace Akka.Cluster.Sharding;

/// <summary>New homes, and the changes on their way to the store.</summary>
internal sealed partial class ShardCoordinator
{
    private const int LargestBatch = 500;

    /// <summary>Shards with a change that is not kept yet; nobody is told about them.</summary>
    private readonly HashSet<string> _changing = [];
    private readonly Queue<string> _toAllocate = [];
    private readonly List<HomeChange> _pending = [];
    private readonly List<HomeChange> _refused = [];
    private ImmutableArray<HomeChange> _inFlight = [];
    private bool _isAllocating;

    /// <summary>What a task ended with.</summary>
    private interface IOutcome : INoSerializationVerificationNeeded;

    private void Continue(IOutcome outcome)
    {
        switch (outcome)
        {
            case Begun begun:
                BeginEpoch(begun.Homes);
                break;
            case BeginFailed failed:
                _log.Warning(
                    "The homes of {0} cannot be read yet: {1}", _type.Name, failed.Cause.Message);
                Timers.StartSingleTimer(nameof(BeginAgain), BeginAgain.Instance, Tuning.RetryInterval);
                break;
            case BeginAgain:
                Begin();
                break;
            case Allocated allocated:
                Keep(allocated);
                break;
            case Changed changed when changed.Epoch == _epoch && _isReady:
                Apply(changed.Outcome);
                break;
            case ChangeFailed failed when failed.Epoch == _epoch && _isReady:
                // It may have happened all the same; another attempt makes sure.
                _log.Warning(
                    "Homes of {0} could not be kept yet: {1}", _type.Name, failed.Cause.Message);
                Timers.StartSingleTimer(nameof(ChangeAgain), ChangeAgain.Instance, Tuning.RetryInterval);
                break;
            case ChangeAgain when _inFlight.Length > 0:
                Send();
                break;
            case RebalanceFailed failed:
                _log.Warning("{0} cannot be rebalanced: {1}", _type.Name, failed.Cause.Message);
                break;
            case Moves moves:
                foreach (var shardId in moves.Shards)
                {
                    Move(shardId);
                }

                break;
        }
    }

    private void Begin() => _ = Attempt(() => _homes.Begin(_type.Name)).PipeTo(
        Self, Self, homes => new Begun(homes), cause => new BeginFailed(cause));

    private void BeginEpoch(ShardHomesRead read)
    {
        if (read.Epoch <= _epoch)
        {
            return;
        }

        foreach (var shardId in _moves.Keys.ToList())
        {
            EndMove(shardId);
        }

        _toAllocate.Clear();
        _isAllocating = false;
        _pending.Clear();
        _refused.Clear();
        _changing.Clear();
        _inFlight = [];
        Timers.Cancel(nameof(ChangeAgain));
        _epoch = read.Epoch;
        _isReady = true;
        _state = _state.WithoutHomes();
        foreach (var home in read.Homes)
        {
            var region = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(home.RegionPath);
            SetHome(home.ShardId, region, home.RegionUid);
        }

        var registers = _early.Values.ToList();
        _early.Clear();
        registers.ForEach(Add);
        foreach (var shardId in _waiting.Keys.ToList())
        {
            TellHome(shardId);
            Allocate(shardId);
        }
    }

    private void SetHome(string shardId, IActorRef region, int uid)
    {
        // If it has gone already, its end is heard again.
        Context.Watch(region);
        _state = _state.Give(shardId, region, uid);
    }

    /// <summary>Looks for a home where somebody waits for one.</summary>
    private void Allocate(string shardId)
    {
        if (_isStopping || !_isReady || _state.Homes.ContainsKey(shardId) || _changing.Contains(shardId)
            || _moves.ContainsKey(shardId))
        {
            return;
        }

        _changing.Add(shardId);
        _toAllocate.Enqueue(shardId);
        AllocateNext();
    }

    /// <summary>One at a time: each choice has to count the ones before it.</summary>
    private void AllocateNext()
    {
        if (_isStopping || _isAllocating || !_toAllocate.TryDequeue(out var shardId))
        {
            return;
        }

        var candidates = Candidates();
        if (candidates.Count == 0)
        {
            // Whoever waits is remembered, until a region registers.
            _changing.ExceptWith(_toAllocate.Append(shardId));
            _toAllocate.Clear();
            return;
        }

        _isAllocating = true;
        var asker = _waiting.GetValueOrDefault(shardId)?.FirstOrDefault() ?? Self;
        var epoch = _epoch;
        _ = Attempt(() => _type.Allocation.AllocateShard(asker, shardId, candidates)).PipeTo(
            Self,
            Self,
            region => new Allocated(epoch, shardId, region),
            cause => new Allocated(epoch, shardId, null, cause));
    }

    private void Keep(Allocated allocated)
    {
        if (allocated.Epoch != _epoch || !_isReady || _isStopping)
        {
            return;
        }

        _isAllocating = false;
        var entry = allocated.Region is { } chosen ? _state.Regions.GetValueOrDefault(chosen) : null;
        if (entry is { IsRegistered: true, IsLeaving: false })
        {
            _state = _state.Expect(allocated.ShardId, allocated.Region!);
            Enqueue(Give(allocated.ShardId, allocated.Region!));
        }
        else
        {
            _changing.Remove(allocated.ShardId);
            _log.Warning(
                "No home for shard {0} of {1} yet: {2}",
                allocated.ShardId,
                _type.Name,
                allocated.Cause?.Message ?? "the chosen region is not there");
        }

        AllocateNext();
    }

    private HomeChange.Give Give(string shardId, IActorRef region) => new(
        shardId, region, _state.Regions[region].Uid, Serialization.Serialization.SerializedActorPath(region));

    private void Enqueue(HomeChange change)
    {
        _changing.Add(change.ShardId);
        _pending.Add(change);
        Flush();
    }

    /// <summary>One at a time, so that later ones never overtake.</summary>
    private void Flush()
    {
        if (_inFlight.Length == 0 && _pending.Count > 0)
        {
            _inFlight = [.. _pending.Take(LargestBatch)];
            _pending.RemoveRange(0, _inFlight.Length);
            Send();
        }
    }

    private void Send()
    {
        var (epoch, batch) = (_epoch, _inFlight);
        _ = Attempt(() => _homes.Change(_type.Name, epoch, batch)).PipeTo(
            Self, Self, outcome => new Changed(epoch, outcome), cause => new ChangeFailed(epoch, cause));
    }

    private void Apply(HomesChanged outcome)
    {
        if (outcome.IsFenced)
        {
            // Late work of an earlier attempt, or of a predecessor, has begun an epoch; it decides nothing.
            _log.Warning("The epoch {0} of {1} has ended; another one begins.", _epoch, _type.Name);
            _isReady = false;
            StopOnceKept();
            Begin();
            return;
        }

        var batch = _inFlight;
        _inFlight = [];
        foreach (var change in batch)
        {
            if (outcome.Refused.Contains(change.ShardId))
            {
                _refused.Add(change);
            }
            else
            {
                Apply(change);
            }
        }

        Flush();
        StopOnceKept();
    }

    private void Apply(HomeChange change)
    {
        _changing.Remove(change.ShardId);
        if (change is not HomeChange.Give)
        {
            _state = _state.Release(change.ShardId);
            if (_waiting.ContainsKey(change.ShardId))
            {
                Allocate(change.ShardId);
            }

            return;
        }

        SetHome(change.ShardId, change.Region, change.RegionUid);
        if (_state.Regions[change.Region].IsLeaving)
        {
            Move(change.ShardId);
            return;
        }

        change.Region.Tell(new HostShard(_epoch, change.ShardId), Self);
        TellHome(change.ShardId);
    }

    /// <summary>The nodes were members still; their regions are, or will be heard of again.</summary>
    private void ReturnRefused()
    {
        var refused = _refused.ToList();
        _refused.Clear();
        foreach (var change in refused)
        {
            _changing.Remove(change.ShardId);
            SetHome(change.ShardId, change.Region, change.RegionUid);
            TellHome(change.ShardId);
        }
    }

    private ImmutableSortedDictionary<IActorRef, IImmutableList<string>> Candidates()
    {
        var unreachable = _cluster.State.Unreachable.Select(member => member.Address).ToHashSet();
        return _state.Candidates(region => !unreachable.Contains(AddressOf(region)));
    }

    private static async Task<T> Attempt<T>(Func<Task<T>> begin) => await begin().ConfigureAwait(false);

    private sealed record Begun(ShardHomesRead Homes) : IOutcome;

    private sealed record BeginFailed(Exception Cause) : IOutcome;

    private sealed record Allocated(
        long Epoch, string ShardId, IActorRef? Region, Exception? Cause = null) : IOutcome;

    private sealed record Changed(long Epoch, HomesChanged Outcome) : IOutcome;

    private sealed record ChangeFailed(long Epoch, Exception Cause) : IOutcome;

    private sealed record Moves(ImmutableArray<string> Shards) : IOutcome;

    private sealed record RebalanceFailed(Exception Cause) : IOutcome;

    private sealed class BeginAgain : IOutcome
    {
        public static readonly BeginAgain Instance = new();
    }

    private sealed class ChangeAgain : IOutcome
    {
        public static readonly ChangeAgain Instance = new();
    }
}

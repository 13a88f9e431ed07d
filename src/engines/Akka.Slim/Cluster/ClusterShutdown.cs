using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster;

/// <summary>
/// Ties the node's way out to the shutdown of its actor system, whichever begins: a shutdown leaves the
/// cluster, and leaving the cluster shuts down.
/// </summary>
internal sealed class ClusterShutdown
{
    private readonly Cluster _cluster;
    private readonly IMembership _membership;
    private readonly CoordinatedShutdown _shutdown;
    private readonly TaskCompletionSource<Done> _exiting;
    private readonly TaskCompletionSource<Done> _removed;

    public ClusterShutdown(Cluster cluster, IMembership membership)
    {
        _cluster = cluster;
        _membership = membership;
        var completions = ((ActorSystemImpl)cluster.System).Completions;
        _exiting = new TaskCompletionSource<Done>(completions);
        _removed = new TaskCompletionSource<Done>(completions);
        _shutdown = CoordinatedShutdown.Get(cluster.System);
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", Leave);
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", CompleteExit);
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => _removed.Task);
        cluster.RegisterOnMemberRemoved(() =>
        {
            _exiting.TrySetResult(Done.Instance);
            _removed.TrySetResult(Done.Instance);
        });
    }

    /// <summary>The node has seen itself exiting.</summary>
    public void Begin()
    {
        _exiting.TrySetResult(Done.Instance);
        _ = _shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    /// <summary>The node was taken out without being asked.</summary>
    public void BeginDowned()
    {
        if (_cluster.Settings.RunCoordinatedShutdownWhenDown)
        {
            _ = _shutdown.Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        }
    }

    /// <summary>The node can never be a member.</summary>
    public void BeginAfterFailedJoin() =>
        _ = _shutdown.Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);

    private Task<Done> Leave()
    {
        if (_cluster.SelfMember.Status == MemberStatus.Removed)
        {
            // Never joined, or gone already: nobody will tell us. It may still be trying.
            _ = _membership.ExitingCompleted(_cluster.SelfUniqueAddress);
            _exiting.TrySetResult(Done.Instance);
            _removed.TrySetResult(Done.Instance);
        }
        else
        {
            _membership.Leave(_cluster.SelfAddress);
        }

        return _exiting.Task;
    }

    private async Task<Done> CompleteExit()
    {
        await _membership.ExitingCompleted(_cluster.SelfUniqueAddress).ConfigureAwait(false);
        return Done.Instance;
    }
}

using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>The region's orderly end.</summary>
public sealed partial class ShardRegion
{
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
        TryAgain();
        StopWhenEmpty();
    }

    private void StopWhenEmpty()
    {
        if (!_isShuttingDown || _shards.Count > 0)
        {
            return;
        }

        if (_buffers.Count == 0)
        {
            Context.Stop(Self);
        }
        else if (!Timers.IsTimerActive(nameof(ShutdownExpired)))
        {
            // What waits may soon have a new home elsewhere, or never.
            Timers.StartSingleTimer(nameof(ShutdownExpired), ShutdownExpired.Instance, Tuning.RetryInterval);
        }
    }

    private sealed class ShutdownExpired : INoSerializationVerificationNeeded
    {
        public static readonly ShutdownExpired Instance = new();
    }
}

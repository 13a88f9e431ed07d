using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>Times and limits of sharding.</summary>
public class TuningParameters
{
    internal TuningParameters()
    {
    }

    public required TimeSpan RetryInterval { get; init; }

    public required int BufferSize { get; init; }

    public required TimeSpan HandOffTimeout { get; init; }

    public required TimeSpan RebalanceInterval { get; init; }

    public required int LeastShardAllocationAbsoluteLimit { get; init; }

    public required double LeastShardAllocationRelativeLimit { get; init; }
}

/// <summary>How one type is sharded; immutable.</summary>
public sealed class ClusterShardingSettings : INoSerializationVerificationNeeded
{
    public readonly string? Role;
    public readonly TimeSpan PassivateIdleEntityAfter;
    public readonly TuningParameters TuningParameters;
    public readonly ClusterSingletonManagerSettings CoordinatorSingletonSettings;

    private ClusterShardingSettings(
        string? role,
        TimeSpan passivateIdleEntityAfter,
        TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings)
    {
        Role = string.IsNullOrEmpty(role) ? null : role;
        PassivateIdleEntityAfter = passivateIdleEntityAfter;
        TuningParameters = tuningParameters;
        CoordinatorSingletonSettings = coordinatorSingletonSettings;
    }

    /// <summary>True where entities are stopped for being idle.</summary>
    internal bool PassivatesIdleEntities => PassivateIdleEntityAfter > TimeSpan.Zero;

    public static ClusterShardingSettings Create(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSharding.DefaultConfig());
        system.Settings.InjectTopLevelFallback(ClusterSingletonManager.DefaultConfig());
        return Create(
            system.Settings.Config.GetConfig("akka.cluster.sharding")!,
            system.Settings.Config.GetConfig("akka.cluster.singleton")!);
    }

    public static ClusterShardingSettings Create(Config config, Config singletonConfig)
    {
        var role = config.GetString("role");
        var idle = config.GetString("passivate-idle-entity-after") == "off"
            ? TimeSpan.Zero
            : config.GetTimeSpan("passivate-idle-entity-after");
        var tuning = new TuningParameters
        {
            RetryInterval = config.GetTimeSpan("retry-interval"),
            BufferSize = config.GetInt("buffer-size"),
            HandOffTimeout = config.GetTimeSpan("handoff-timeout"),
            RebalanceInterval = config.GetTimeSpan("rebalance-interval"),
            LeastShardAllocationAbsoluteLimit =
                config.GetInt("least-shard-allocation-strategy.rebalance-absolute-limit"),
            LeastShardAllocationRelativeLimit =
                config.GetDouble("least-shard-allocation-strategy.rebalance-relative-limit"),
        };
        return new ClusterShardingSettings(
            role, idle, tuning, ClusterSingletonManagerSettings.Create(singletonConfig).WithRole(role));
    }

    public ClusterShardingSettings WithRole(string? role) =>
        new(role, PassivateIdleEntityAfter, TuningParameters, CoordinatorSingletonSettings.WithRole(role));

    /// <summary><see cref="TimeSpan.Zero"/> = never.</summary>
    public ClusterShardingSettings WithPassivateIdleAfter(TimeSpan duration) =>
        new(Role, duration, TuningParameters, CoordinatorSingletonSettings);

    public ClusterShardingSettings WithTuningParameters(TuningParameters tuningParameters) =>
        new(Role, PassivateIdleEntityAfter, tuningParameters, CoordinatorSingletonSettings);

    public ClusterShardingSettings WithCoordinatorSingletonSettings(
        ClusterSingletonManagerSettings coordinatorSingletonSettings) =>
        new(Role, PassivateIdleEntityAfter, TuningParameters, coordinatorSingletonSettings);
}

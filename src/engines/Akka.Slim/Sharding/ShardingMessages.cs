namespace Akka.Cluster.Sharding;

/// <summary>Makes a region do something; not for an entity.</summary>
public interface IShardRegionCommand;

/// <summary>
/// An entity asks its parent to be stopped when it is idle: it gets the stop message and must stop itself
/// then. Messages that come meanwhile wait and start it again.
/// </summary>
public sealed class Passivate(object stopMessage) : IShardRegionCommand
{
    public object StopMessage { get; } = stopMessage;
}

/// <summary>The region hands over all its shards and stops.</summary>
public sealed class GracefulShutdown : IShardRegionCommand
{
    public static readonly GracefulShutdown Instance = new();

    private GracefulShutdown()
    {
    }
}

namespace Akka.Actor;
internal sealed class CoordinatedShutdown
{
    public const string PhaseClusterLeave = "cluster-leave", PhaseClusterExiting = "cluster-exiting", PhaseClusterExitingDone = "cluster-exiting-done", PhaseClusterShutdown = "cluster-shutdown", PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public sealed class ClusterLeavingReason { public static readonly ClusterLeavingReason Instance = new(); }
    public sealed class ClusterDowningReason { public static readonly ClusterDowningReason Instance = new(); }
    public static CoordinatedShutdown Get(ActorSystem system) => new();
    public void AddTask(string phase, string name, Func<Task<Done>> task) { }
    public Task<Done> Run(object reason) => Task.FromResult(Done.Instance);
}

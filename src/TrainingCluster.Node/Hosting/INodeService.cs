using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Hosting;

/// <summary>Something beside the actors that the process of a node offers, such as an HTTP interface.</summary>
public interface INodeService
{
    /// <summary>
    /// Called when the node is up, and again with the next one when the cluster had put others in its place.
    /// </summary>
    /// <returns>What ends the service; disposed of before the node leaves.</returns>
    Task<IAsyncDisposable> StartAsync(ClusterNode node, CancellationToken cancellation);
}

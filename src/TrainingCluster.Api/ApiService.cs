using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Node.Hosting;
using TrainingCluster.Node.Logging;

namespace TrainingCluster.Api;

/// <summary>Offers the HTTP interface on a node that has the role.</summary>
/// <param name="options">Checked before the node starts.</param>
/// <param name="say">Takes lines for people.</param>
public sealed class ApiService(ApiOptions options, string version, TimeProvider clock, Action<string> say) : INodeService
{
    public async Task<IAsyncDisposable> StartAsync(ClusterNode node, CancellationToken cancellation)
    {
        var server = await ApiServer.StartAsync(
            new ApiSetup(options, node.Client, node.Artifacts, new JobLogFiles(node.Directory.LogsPath), version, clock), cancellation);
        say($"the HTTP interface is at {server.Address}");
        return server;
    }
}

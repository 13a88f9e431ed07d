using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Node.Hosting;
using TrainingCluster.Node.Logging;

namespace TrainingCluster.Api;

/// <summary>Offers the HTTP interface on a node that has the role.</summary>
/// <param name="options">Checked before the node starts.</param>
/// <param name="say">Takes lines for people.</param>
public sealed class ApiService(ApiOptions options, string version, TimeProvider clock, Action<string> say)
    : INodeService
{
    public async Task<IAsyncDisposable> StartAsync(ClusterNode node, CancellationToken cancellation)
    {
        // Each node that answers keeps its own log of all runs: there may be others beside it, or none.
        var (folder, name) = (node.Directory.LogsPath, "runs-" + FileNameOf(node.Name));
        var log = new RunLog(folder, name);
        var listening = node.Client.Listen(log.Report);
        try
        {
            var server = await ApiServer.StartAsync(
                new ApiSetup(options, node.Client, node.Artifacts, new JobLogFiles(folder, name), version, clock),
                cancellation);
            say($"the HTTP interface is at {server.Address}");
            return new Running(server, listening, log);
        }
        catch
        {
            listening.Dispose();
            log.Dispose();
            throw;
        }
    }

    // The address stays the same when the node is started again; its incarnation does not.
    private static string FileNameOf(string node) => string.Concat(
        node.Split('#')[0].Split("//")[^1].Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '_'));

    private sealed class Running(ApiServer server, IDisposable listening, RunLog log) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            listening.Dispose();
            log.Dispose();
        }
    }
}

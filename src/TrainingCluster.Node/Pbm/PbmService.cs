using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Node.Hosting;

namespace TrainingCluster.Node.Pbm;

/// <summary>
/// The command host of a node with the palettes of the engine and of the product. It ends with the node's actors and
/// not before, so that somebody who made the node leave can see it go.
/// </summary>
public sealed class PbmService : INodeService
{
    public Task<IAsyncDisposable> StartAsync(ClusterNode node, CancellationToken cancellation)
    {
        var host = PetabridgeCmd.Get(node.System);
        foreach (var palette in (CommandPaletteHandler[])
        [
            ClusterCommands.Instance,
            ClusterShardingCommands.Instance,
            new TrainingCommands(node),
            new RegistryCommands(node),
            new NodeCommands(node.Client, new DeviceLines("/dev")),
        ])
        {
            if (!host.RegisterCommandPalette(palette))
            {
                throw new InvalidOperationException($"two palettes are called '{palette.Palette.ModuleName}'");
            }
        }

        host.Start();
        return Task.FromResult<IAsyncDisposable>(new EndsWithTheNode());
    }

    private sealed class EndsWithTheNode : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

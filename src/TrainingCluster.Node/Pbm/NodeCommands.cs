using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Pbm;

/// <summary>The palette <c>node</c>: slots of the cluster, devices of this node.</summary>
internal sealed class NodeCommands : CommandPaletteHandler
{
    public NodeCommands(ClusterClient client, DeviceLines devices)
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new Handler(client, devices));

    private static CommandPalette Definitions => new("node",
    [
        new CommandDefinitionBuilder().WithName("slots").WithDescription("the nodes that run jobs, with their slots")
            .Build(),
        new CommandDefinitionBuilder().WithName("devices").WithDescription("what this node computes with").Build(),
    ]);

    private sealed class Handler : AskingHandler
    {
        public Handler(ClusterClient client, DeviceLines devices)
            : base(Definitions)
        {
            Process("slots", command => Answer(command, async () =>
            {
                var nodes = await client.NodesAsync().ConfigureAwait(false);
                return nodes.Select(node => $"{node.Node} | slots: {node.Slots} | busy: {node.Busy}")
                    .Append($"Count: {nodes.Length} nodes");
            }));
            Process("devices", command => Answer(command, () => Task.FromResult(devices.All())));
        }
    }
}

using Akka.Actor;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Cluster.Sharding;

/// <summary>The palette <c>cluster-sharding</c>: where shards and entities are.</summary>
public sealed class ClusterShardingCommands : CommandPaletteHandler
{
    public static readonly ClusterShardingCommands Instance = new();

    private ClusterShardingCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new ClusterShardingCommandHandler());

    internal static CommandPalette Definitions => new("cluster-sharding",
    [
        new CommandDefinitionBuilder().WithName("list-regions").WithDescription("the types with a region on this node")
            .Build(),
        new CommandDefinitionBuilder().WithName("list-shards").WithDescription("the shards of this node's region")
            .WithArgument(Region).Build(),
        new CommandDefinitionBuilder().WithName("region-stats").WithDescription("shards and entities of each node")
            .WithArgument(Region).Build(),
    ]);

    private static ArgumentDefinitionBuilder Region(ArgumentDefinitionBuilder builder) => builder
        .WithName("region").WithDescription("type of the entities").WithSwitch("-r").WithSwitch("-R").IsMandatory(true);
}

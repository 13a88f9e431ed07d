using Akka.Actor;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Cluster;

/// <summary>The palette <c>cluster</c>: the members, and how they come and go.</summary>
public sealed class ClusterCommands : CommandPaletteHandler
{
    public static readonly ClusterCommands Instance = new();

    private ClusterCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new ClusterCommandHandler());

    internal static CommandPalette Definitions => new("cluster",
    [
        Command("show", "all members").Build(),
        Command("status", "this node").Build(),
        Command("leader", "the address of the leader").Build(),
        Command("tail", "changes of members until it is ended").Build(),
        Command("join", "this node joins the cluster of another")
            .WithArgument(b => Address(b).IsMandatory(true)).Build(),
        Command("leave", "a member leaves in good order; without -a, this node").WithArgument(Address).Build(),
        Command("down", "a member is taken out, whatever it does")
            .WithArgument(b => Address(b).IsMandatory(true)).Build(),
        Command("down-unreachable", "every unreachable member is taken out").Build(),
    ]);

    private static CommandDefinitionBuilder Command(string name, string description) =>
        new CommandDefinitionBuilder().WithName(name).WithDescription(description);

    private static ArgumentDefinitionBuilder Address(ArgumentDefinitionBuilder builder) => builder
        .WithName("address").WithDescription("of the node, as 'cluster show' has it").WithSwitch("-a").WithSwitch("-A");
}

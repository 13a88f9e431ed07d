using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Pbm;

/// <summary>The palette <c>registry</c>: the versions.</summary>
internal sealed class RegistryCommands : CommandPaletteHandler
{
    public RegistryCommands(ClusterNode node)
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new RegistryCommandHandler(node.Client, node.Artifacts));

    public static CommandPalette Definitions => new("registry",
    [
        Command("list", "the versions, by name")
            .WithArgument(b => b.WithName("type").WithDescription("only of this type").WithSwitch("-t")
                .WithDefaultValues("cnn_lstm", "ppo", "hybrid", "ensemble"))
            .WithArgument(b => b.WithName("name").WithDescription("only of this name").WithSwitch("-m"))
            .WithArgument(b => b.WithName("count").WithDescription("at most").WithSwitch("-n").WithDefaultValue("100"))
            .Build(),
        Command("show", "one version").WithArgument(b => Version(b).IsMandatory(true)).Build(),
        Command("verify", "reads every file of a version, or of all, and compares its sha-256")
            .WithArgument(Version).Build(),
    ]);

    private static CommandDefinitionBuilder Command(string name, string description) =>
        new CommandDefinitionBuilder().WithName(name).WithDescription(description);

    private static ArgumentDefinitionBuilder Version(ArgumentDefinitionBuilder builder) => builder
        .WithName("version").WithDescription("as 'registry list' has it").WithSwitch("-v").WithSwitch("-V");
}

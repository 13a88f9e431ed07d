using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Pbm;

/// <summary>The palette <c>training</c>: runs and their jobs.</summary>
internal sealed class TrainingCommands : CommandPaletteHandler
{
    public TrainingCommands(ClusterNode node)
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new TrainingCommandHandler(node));

    public static CommandPalette Definitions => new("training",
    [
        Command("runs", "the newest runs")
            .WithArgument(b => b.WithName("count").WithDescription("how many").WithSwitch("-n").WithDefaultValue("20"))
            .Build(),
        Command("jobs", "the jobs of a run").WithArgument(b => Run(b).IsMandatory(true)).Build(),
        Command("submit", "a run: an earlier one again, or a specification; its bars must be stored")
            .WithArgument(Run)
            .WithArgument(b => b.WithName("seed").WithDescription("other than the earlier run's").WithSwitch("-s"))
            .WithArgument(b => b.WithName("json").WithDescription("the specification").WithSwitch("-j"))
            .Build(),
        Command("cancel", "ends a run").WithArgument(b => Run(b).IsMandatory(true)).Build(),
        Command("drain", "this node checkpoints its jobs, gives them back and takes no more").Build(),
        Command("checkpoint", "a run checkpoints its jobs, and they go on from there")
            .WithArgument(b => Run(b).IsMandatory(true)).Build(),
    ]);

    private static CommandDefinitionBuilder Command(string name, string description) =>
        new CommandDefinitionBuilder().WithName(name).WithDescription(description);

    private static ArgumentDefinitionBuilder Run(ArgumentDefinitionBuilder builder) => builder
        .WithName("run").WithDescription("as 'training runs' has it").WithSwitch("-r").WithSwitch("-R");
}

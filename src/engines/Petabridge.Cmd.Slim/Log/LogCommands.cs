using Akka.Actor;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Log;

/// <summary>The palette <c>log</c>: the log of this node.</summary>
internal sealed class LogCommands : CommandPaletteHandler
{
    public const string MemorizerName = "petabridge.cmd-log-memorizer";

    public static readonly LogCommands Instance = new();

    private LogCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new LogCommandHandler());

    public static CommandPalette Definitions => new("log",
    [
        new CommandDefinitionBuilder().WithName("tail").WithDescription("new entries until it is ended").Build(),
        new CommandDefinitionBuilder().WithName("peek").WithDescription("the last entries")
            .WithArgument(b => b.WithName("count").WithDescription("how many").WithSwitch("-n").WithDefaultValue("20"))
            .Build(),
        new CommandDefinitionBuilder().WithName("write").WithDescription("adds an entry")
            .WithArgument(b => b.WithName("message").WithDescription("its text").WithSwitch("-m").IsMandatory(true))
            .WithArgument(b => b.WithName("level").WithDescription("its level")
                .WithSwitch("-l").WithDefaultValue("info").WithDefaultValues("warning", "error"))
            .Build(),
    ]);

    public override void OnRegister(PetabridgeCmd plugin) =>
        plugin.Sys.ActorOf(Props.Create(() => new LogMemorizer()), MemorizerName);
}

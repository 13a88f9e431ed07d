using Akka.Actor;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Actors;

/// <summary>The palette <c>actor</c>: what runs on this node.</summary>
internal sealed class ActorCommands : CommandPaletteHandler
{
    public static readonly ActorCommands Instance = new();

    private ActorCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new Handler());

    private static CommandPalette Definitions => new("actor",
    [
        new CommandDefinitionBuilder().WithName("system").WithDescription("the name of the actor system").Build(),
        new CommandDefinitionBuilder().WithName("hierarchy").WithDescription("the actors, one path a line")
            .WithArgument(b => b.WithName("depth").WithDescription("levels below the start; 0 = the start alone")
                .WithSwitch("-d").WithDefaultValue("4"))
            .WithArgument(b => b.WithName("start").WithDescription("path to start from")
                .WithSwitch("-s").WithDefaultValue("/user").WithDefaultValues("/system"))
            .Build(),
    ]);

    private sealed class Handler : CommandHandlerActor
    {
        private const int DepthMax = 1000;
        private const int LinesOfResponse = 500;

        public Handler()
            : base(Definitions)
        {
            Process("system", _ => Sender.Tell(new CommandResponse($"akka://{Context.System.Name}")));
            Process("hierarchy", (_, arguments) => Hierarchy(
                arguments.ArgumentValues("depth").Single(), arguments.ArgumentValues("start").Single()));
        }

        private void Hierarchy(string depth, string start)
        {
            if (!int.TryParse(depth, out var levels) || levels is < 0 or > DepthMax)
            {
                Sender.Tell(new ErroredCommandResponse($"-d must be a number from 0 to {DepthMax}"));
                return;
            }

            if (ActorTree.Find((ExtendedActorSystem)Context.System, start) is not { } root)
            {
                Sender.Tell(new ErroredCommandResponse(
                    "no actor of this node is there; paths begin with /user or /system, and other nodes have hosts "
                    + "of their own"));
                return;
            }

            foreach (var lines in ActorTree.Paths(root, levels).Chunk(LinesOfResponse))
            {
                Sender.Tell(new CommandResponse(string.Join('\n', lines), final: false));
            }

            Sender.Tell(CommandResponse.Empty);
        }
    }
}

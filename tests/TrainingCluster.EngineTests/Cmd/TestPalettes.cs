using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace TrainingCluster.EngineTests.Cmd;

/// <summary>A palette of a program of its own: one of each way to answer.</summary>
internal sealed class MessageCommands : CommandPaletteHandler
{
    public MessageCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new Handler());

    public static CommandPalette Definitions { get; } = new("msg",
    [
        new CommandDefinitionBuilder().WithName("echo").WithDescription("says it again")
            .WithArgument(b => b.WithName("text").WithDescription("what").IsMandatory(true)
                .WithSwitch("-t").WithSwitch("-T").AllowMultiple(true))
            .Build(),
        new CommandDefinitionBuilder().WithName("count").WithDescription("counts")
            .WithArgument(b => b.WithName("to").WithDescription("the last").WithSwitch("-n").WithDefaultValue("3"))
            .WithArgument(b => b.WithName("pace").WithDescription("how fast").WithSwitch("-p")
                .WithDefaultValues("1m", "5m"))
            .Build(),
        new CommandDefinitionBuilder().WithName("forever").WithDescription("one line, and no end").Build(),
        new CommandDefinitionBuilder().WithName("big").WithDescription("a long line")
            .WithArgument(b => b.WithName("length").WithDescription("characters").WithSwitch("-n").IsMandatory(true))
            .Build(),
        new CommandDefinitionBuilder().WithName("fail").WithDescription("throws").Build(),
        new CommandDefinitionBuilder().WithName("refuse").WithDescription("answers with an error").Build(),
    ]);

    private sealed class Handler : CommandHandlerActor
    {
        public Handler()
            : base(Definitions)
        {
            Process("echo", (_, arguments) => Sender.Tell(
                new CommandResponse(string.Join(' ', arguments.ArgumentValues("text")))));
            Process("count", (_, arguments) =>
            {
                for (var i = 1; i <= int.Parse(arguments.ArgumentValues("to").Single()); i++)
                {
                    Sender.Tell(new CommandResponse(i.ToString(), final: false));
                }

                Sender.Tell(CommandResponse.Empty);
            });
            Process("forever", _ =>
            {
                var client = Sender;
                Context.ActorOf(Props.Create(() => new Streamer(client)));
            });
            Process("big", (_, arguments) => Sender.Tell(
                new CommandResponse(new string('x', int.Parse(arguments.ArgumentValues("length").Single())))));
            Process("fail", _ => throw new InvalidOperationException("secret cause at /secret/path"));
            Process("refuse", _ => Sender.Tell(new ErroredCommandResponse("not today")));
        }
    }

    private sealed class Streamer : ReceiveActor
    {
        private readonly IActorRef _client;

        public Streamer(IActorRef client)
        {
            _client = client;
            Receive<Terminated>(_ => Context.Stop(Self));
        }

        protected override void PreStart()
        {
            Context.Watch(_client);
            _client.Tell(new CommandResponse("begun", final: false));
        }
    }
}

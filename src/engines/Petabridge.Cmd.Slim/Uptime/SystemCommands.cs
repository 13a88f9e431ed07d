using System.Globalization;
using Akka.Actor;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Uptime;

/// <summary>The palette <c>system</c>: how long the node has been up.</summary>
internal sealed class SystemCommands : CommandPaletteHandler
{
    public const string ClockName = "pbm-uptime";

    public static readonly SystemCommands Instance = new();

    private SystemCommands()
        : base(Definitions) =>
        HandlerProps = Props.Create(() => new Handler());

    private static CommandPalette Definitions => new("system",
    [
        new CommandDefinitionBuilder().WithName("uptime").WithDescription("how long the host has been there").Build(),
    ]);

    public override void OnRegister(PetabridgeCmd plugin) =>
        plugin.Sys.ActorOf(Props.Create(() => new Clock()), ClockName);

    private sealed class Handler : CommandHandlerActor
    {
        public Handler()
            : base(Definitions) =>
            Process("uptime", command => Context.ActorSelection($"/user/{ClockName}").Tell(command, Sender));
    }

    private sealed class Clock : ReceiveActor
    {
        public Clock()
        {
            var scheduler = Context.System.Scheduler;
            var started = scheduler.MonotonicClock;
            Receive<Command>(_ => Sender.Tell(new CommandResponse(
                (scheduler.MonotonicClock - started).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture))));
        }
    }
}

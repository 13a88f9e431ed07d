using Akka.Actor;
using Akka.Event;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Log;

/// <summary>Runs the palette <c>log</c>.</summary>
internal sealed class LogCommandHandler : CommandHandlerActor
{
    public LogCommandHandler()
        : base(LogCommands.Definitions)
    {
        Process("tail", _ => Tail(Sender));
        Process("peek", (_, arguments) => Peek(arguments.ArgumentValues("count").Single()));
        Process("write", (_, arguments) => Write(
            arguments.ArgumentValues("message").Single(), arguments.ArgumentValues("level").Single()));
    }

    private static void Tail(IActorRef client) => Context.ActorOf(Props.Create(() => new TailActor(client)));

    private void Peek(string text)
    {
        if (int.TryParse(text, out var count) && count is > 0 and <= LogMemorizer.Capacity)
        {
            Context.ActorSelection($"/user/{LogCommands.MemorizerName}")
                .Tell(new LogMemorizer.Peek(count), Sender);
        }
        else
        {
            Sender.Tell(new ErroredCommandResponse($"-n must be a number from 1 to {LogMemorizer.Capacity}"));
        }
    }

    private void Write(string message, string level)
    {
        var log = Context.GetLogger();
        switch (level)
        {
            case "info":
                log.Info("{0}", message);
                break;
            case "warning":
                log.Warning("{0}", message);
                break;
            case "error":
                log.Error("{0}", message);
                break;
            default:
                Sender.Tell(new ErroredCommandResponse("-l must be info, warning or error"));
                return;
        }

        Sender.Tell(CommandResponse.Empty);
    }

    /// <summary>Streams the log to one client, and stops with it.</summary>
    private sealed class TailActor : ReceiveActor
    {
        private readonly IActorRef _client;

        public TailActor(IActorRef client)
        {
            _client = client;
            Receive<LogEvent>(entry => client.Tell(new CommandResponse(entry.ToString(), final: false)));
            Receive<Terminated>(_ => Context.Stop(Self));
        }

        protected override void PreStart()
        {
            Context.Watch(_client);
            Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
        }

        protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
    }
}

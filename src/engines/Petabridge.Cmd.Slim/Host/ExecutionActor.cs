using Akka.Actor;

namespace Petabridge.Cmd.Host;

/// <summary>
/// The sender of one command: hands its responses on until the final one, and stops then. What streams to it watches
/// it.
/// </summary>
internal sealed class ExecutionActor : ReceiveActor
{
    private readonly Command _command;
    private readonly IActorRef _handler;

    public ExecutionActor(long id, Command command, IActorRef handler, ISessionOutput output)
    {
        _command = command;
        _handler = handler;
        Receive<CommandResponse>(response =>
        {
            output.Send(id, response);
            if (response.Final)
            {
                Context.Stop(Self);
            }
        });
        Receive<Terminated>(_ =>
        {
            output.Send(id, new ErroredCommandResponse($"'{command}' ended without an answer"));
            Context.Stop(Self);
        });
        ReceiveAny(Unhandled);
    }

    public static Props Props(long id, Command command, IActorRef handler, ISessionOutput output) =>
        Akka.Actor.Props.Create(() => new ExecutionActor(id, command, handler, output));

    protected override void PreStart()
    {
        Context.Watch(_handler);
        _handler.Tell(_command, Self);
    }
}

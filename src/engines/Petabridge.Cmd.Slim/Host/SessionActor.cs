using System.Collections.Immutable;
using Akka.Actor;
using Petabridge.Cmd.Parsing;

namespace Petabridge.Cmd.Host;

/// <summary>
/// One client: makes commands of what it typed, and has a handler for each palette that it uses. With the client all of
/// it stops, and so does whatever still streams to it.
/// </summary>
internal sealed class SessionActor : ReceiveActor
{
    /// <summary>Commands of one client at a time.</summary>
    public const int CommandsMax = 16;

    /// <summary>Run a command; every answer goes to the output under the id.</summary>
    internal sealed record Execute(long Id, IReadOnlyList<string> Words, ISessionOutput Output)
        : INoSerializationVerificationNeeded;

    /// <summary>End a command without an answer.</summary>
    internal sealed record Cancel(long Id) : INoSerializationVerificationNeeded;

    private readonly ImmutableDictionary<string, CommandPaletteHandler> _palettes;
    private readonly Dictionary<string, IActorRef> _handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, IActorRef> _running = [];

    public SessionActor(ImmutableArray<CommandPaletteHandler> palettes)
    {
        _palettes = palettes.ToImmutableDictionary(handler => handler.Palette.ModuleName, StringComparer.Ordinal);
        Receive<Execute>(OnExecute);
        Receive<Cancel>(OnCancel);
        Receive<Terminated>(gone => OnEnded(gone.ActorRef));
    }

    public static Props Props(ImmutableArray<CommandPaletteHandler> palettes) =>
        Akka.Actor.Props.Create(() => new SessionActor(palettes));

    private void OnExecute(Execute execute)
    {
        if (_running.Count >= CommandsMax)
        {
            execute.Output.Send(
                execute.Id, new ErroredCommandResponse($"a client may run {CommandsMax} commands at a time; end one"));
            return;
        }

        var palettes = _palettes.Values.Select(handler => handler.Palette).ToList();
        if (!CommandParser.TryParse(palettes, execute.Words, out var command, out var error))
        {
            execute.Output.Send(execute.Id, new MistypedCommandResponse(error));
            return;
        }

        var handler = HandlerOf(command.Palette);
        _running[execute.Id] = Context.Watch(
            Context.ActorOf(ExecutionActor.Props(execute.Id, command, handler, execute.Output)));
    }

    private IActorRef HandlerOf(string palette)
    {
        if (!_handlers.TryGetValue(palette, out var handler))
        {
            handler = Context.Watch(Context.ActorOf(_palettes[palette].HandlerProps, palette));
            _handlers.Add(palette, handler);
        }

        return handler;
    }

    private void OnCancel(Cancel cancel)
    {
        if (_running.Remove(cancel.Id, out var execution))
        {
            Context.Stop(execution);
        }
    }

    private void OnEnded(IActorRef gone)
    {
        foreach (var (id, _) in _running.Where(entry => entry.Value.Equals(gone)).ToList())
        {
            _running.Remove(id);
        }

        foreach (var (palette, _) in _handlers.Where(entry => entry.Value.Equals(gone)).ToList())
        {
            _handlers.Remove(palette);
        }
    }
}

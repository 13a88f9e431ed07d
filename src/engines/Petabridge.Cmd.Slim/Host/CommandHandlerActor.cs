using Akka.Actor;
using Akka.Event;

namespace Petabridge.Cmd.Host;

/// <summary>
/// Base of the actor that runs a palette's commands. Each command is answered to <c>Sender</c> with responses of which
/// the last is final; a command that streams watches its sender and stops with it. It needs no host: tests tell it
/// a <see cref="Command"/>.
/// </summary>
public abstract class CommandHandlerActor : ReceiveActor
{
    private readonly CommandPalette _palette;
    private readonly Dictionary<string, Action<Command>> _processes = new(StringComparer.Ordinal);

    protected CommandHandlerActor(CommandPalette palette)
    {
        _palette = palette;
        Receive<Command>(OnCommand);
    }

    /// <summary>To be called in the constructor: what a command of the palette does.</summary>
    /// <exception cref="ArgumentException">The palette has no such command.</exception>
    protected void Process(string name, Action<Command> process)
    {
        Definition(name);
        _processes[name] = process;
    }

    /// <summary>As the other one, with the arguments by their names.</summary>
    protected void Process(string name, Action<Command, CommandArguments> process)
    {
        var definition = Definition(name);
        _processes[name] = command => process(command, new CommandArguments(definition, command));
    }

    private CommandDefinition Definition(string name) => _palette.Find(name)
        ?? throw new ArgumentException($"the palette '{_palette.ModuleName}' has no command '{name}'", nameof(name));

    // A command that fails must end its own stream, and leave those of others alone.
    private void OnCommand(Command command)
    {
        if (!_processes.TryGetValue(command.Name, out var process))
        {
            Sender.Tell(new MistypedCommandResponse($"nothing runs '{_palette.ModuleName} {command.Name}'"));
            return;
        }

        try
        {
            process(command);
        }
        catch (Exception failure)
        {
            Context.GetLogger().Error(failure, "The command '{0}' failed", command);
            Sender.Tell(new ErroredCommandResponse($"'{command}' failed; the log of the node says why"));
        }
    }
}

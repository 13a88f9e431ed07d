namespace Petabridge.Cmd.Host;

/// <summary>The arguments of a command by the names that its definition gave them.</summary>
public sealed class CommandArguments
{
    private readonly CommandDefinition _definition;
    private readonly Command _command;

    internal CommandArguments(CommandDefinition definition, Command command)
    {
        _definition = definition;
        _command = command;
    }

    /// <summary>The values given for an argument, or its default value where none is; empty where there is
    /// neither.</summary>
    /// <exception cref="ArgumentException">The command has no such argument.</exception>
    public IEnumerable<string> ArgumentValues(string name)
    {
        if (!_definition.ArgumentsByName.TryGetValue(name, out var argument))
        {
            throw new ArgumentException($"'{_definition.Name}' has no argument '{name}'", nameof(name));
        }

        var given = _command.Arguments.Where(pair => argument.Switch.Contains(pair.Item1))
            .Select(pair => pair.Item2).ToList();
        return given.Count == 0 && argument.Fallback is { } fallback ? [fallback] : given;
    }
}

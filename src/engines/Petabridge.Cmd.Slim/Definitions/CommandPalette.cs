namespace Petabridge.Cmd;

/// <summary>Commands that share their first word on the command line, the module name.</summary>
public sealed class CommandPalette
{
    /// <exception cref="ArgumentException">The module name is no single word, or two commands share a
    /// name.</exception>
    public CommandPalette(string moduleName, IEnumerable<CommandDefinition> commands)
    {
        if (moduleName.Length == 0 || moduleName.Any(char.IsWhiteSpace))
        {
            throw new ArgumentException($"'{moduleName}' is no module name; it must be one word", nameof(moduleName));
        }

        ModuleName = moduleName;
        Commands = [.. commands];
        if (Commands.GroupBy(command => command.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the palette '{moduleName}' has two commands '{twice.Key}'", nameof(commands));
        }
    }

    public string ModuleName { get; }

    internal IReadOnlyList<CommandDefinition> Commands { get; }

    internal CommandDefinition? Find(string name) => Commands.FirstOrDefault(command => command.Name == name);
}

namespace Petabridge.Cmd;

/// <summary>A command that a palette offers.</summary>
public sealed class CommandDefinition
{
    internal CommandDefinition(string name, string description, IReadOnlyList<ArgumentDefinition> arguments)
    {
        Name = name;
        Description = description;
        Arguments = arguments;
        ArgumentsByName = arguments.ToDictionary(argument => argument.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<ArgumentDefinition> Arguments { get; }

    public IReadOnlyDictionary<string, ArgumentDefinition> ArgumentsByName { get; }

    internal ArgumentDefinition? FindSwitch(string text) =>
        Arguments.FirstOrDefault(argument => argument.Switch.Contains(text));
}

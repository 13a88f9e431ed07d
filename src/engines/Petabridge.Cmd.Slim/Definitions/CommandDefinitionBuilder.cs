namespace Petabridge.Cmd;

/// <summary>Describes a command step by step.</summary>
public sealed class CommandDefinitionBuilder
{
    private readonly List<ArgumentDefinition> _arguments = [];
    private string _name = "";
    private string _description = "";

    public CommandDefinitionBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public CommandDefinitionBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public CommandDefinitionBuilder WithArgument(
        Func<ArgumentDefinitionBuilder, ArgumentDefinitionBuilder> configurator)
    {
        _arguments.Add(configurator(new ArgumentDefinitionBuilder()).Build());
        return this;
    }

    /// <exception cref="ArgumentException">It has no name, a name with spaces, or a switch stands for two
    /// arguments.</exception>
    public CommandDefinition Build()
    {
        if (_name.Length == 0 || _name.Any(char.IsWhiteSpace))
        {
            throw new ArgumentException($"'{_name}' is no name of a command; it must be one word");
        }

        var twice = _arguments.SelectMany(argument => argument.Switch).GroupBy(text => text)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new CommandDefinition(_name, _description, _arguments)
            : throw new ArgumentException($"the switch '{twice.Key}' of '{_name}' stands for two arguments");
    }
}

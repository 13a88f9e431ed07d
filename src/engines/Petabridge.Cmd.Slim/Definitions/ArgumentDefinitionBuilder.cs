namespace Petabridge.Cmd;

/// <summary>Describes an argument step by step; see <see cref="CommandDefinitionBuilder.WithArgument"/>.</summary>
public sealed class ArgumentDefinitionBuilder
{
    private readonly List<string> _switches = [];
    private readonly List<string> _defaultValues = [];
    private string _name = "";
    private string _description = "";
    private string? _fallback;
    private bool _isMandatory;
    private bool _allowsMultiple;

    public ArgumentDefinitionBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public ArgumentDefinitionBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public ArgumentDefinitionBuilder IsMandatory(bool isMandatory)
    {
        _isMandatory = isMandatory;
        return this;
    }

    /// <summary>Adds a spelling; an argument may have several.</summary>
    public ArgumentDefinitionBuilder WithSwitch(string @switch)
    {
        _switches.Add(@switch);
        return this;
    }

    /// <summary>The value that counts where the switch is not given; offered by completion too.</summary>
    public ArgumentDefinitionBuilder WithDefaultValue(string value)
    {
        _fallback = value;
        _defaultValues.Add(value);
        return this;
    }

    /// <summary>Values that completion offers; none of them counts by itself.</summary>
    public ArgumentDefinitionBuilder WithDefaultValues(params string[] values)
    {
        _defaultValues.AddRange(values);
        return this;
    }

    public ArgumentDefinitionBuilder AllowMultiple(bool allowMultiple)
    {
        _allowsMultiple = allowMultiple;
        return this;
    }

    internal ArgumentDefinition Build()
    {
        if (_name.Length == 0 || _switches.Count == 0)
        {
            throw new ArgumentException($"the argument '{_name}' needs a name and at least one switch");
        }

        if (_switches.FirstOrDefault(text => text.Length < 2 || text[0] != '-') is { } wrong)
        {
            throw new ArgumentException($"the switch '{wrong}' of '{_name}' must begin with '-'");
        }

        return new ArgumentDefinition(_name, _description, _switches, _defaultValues)
        {
            IsMandatory = _isMandatory,
            AllowMultiple = _allowsMultiple,
            Fallback = _fallback,
        };
    }
}

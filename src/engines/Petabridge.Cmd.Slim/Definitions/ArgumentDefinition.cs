namespace Petabridge.Cmd;

/// <summary>One argument of a command: a switch on the command line, followed by its value.</summary>
public sealed class ArgumentDefinition
{
    internal ArgumentDefinition(
        string name, string description, IReadOnlyCollection<string> switches, IReadOnlyList<string> defaultValues)
    {
        Name = name;
        Description = description;
        Switch = switches.ToHashSet(StringComparer.Ordinal);
        DefaultValues = defaultValues;
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>All spellings, such as <c>-s</c> and <c>-S</c>; the order of their declaration is not kept.</summary>
    public ISet<string> Switch { get; }

    public bool IsMandatory { get; internal init; }

    /// <summary>Whether the switch may be given more than once.</summary>
    public bool AllowMultiple { get; internal init; }

    /// <summary>What completion offers as values.</summary>
    public IReadOnlyList<string> DefaultValues { get; }

    /// <summary>What counts where the switch is not given; null: nothing does.</summary>
    internal string? Fallback { get; init; }

    internal string FirstSwitch => Switch.Order(StringComparer.Ordinal).Last();
}

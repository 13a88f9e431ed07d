namespace Petabridge.Cmd.Parsing;

/// <summary>What palettes say about themselves.</summary>
internal static class CommandHelp
{
    /// <summary>Such as <c>cluster leave [-a ADDRESS]</c>.</summary>
    public static string Usage(CommandPalette palette, CommandDefinition command) => string.Join(
        ' ', [palette.ModuleName, command.Name, .. command.Arguments.Select(Of)]);

    /// <summary>Every command of every palette, a line each.</summary>
    public static IEnumerable<string> Lines(IEnumerable<CommandPalette> palettes) =>
        palettes.OrderBy(palette => palette.ModuleName, StringComparer.Ordinal).SelectMany(palette =>
            palette.Commands.Select(command => $"{Usage(palette, command),-52} {command.Description}".TrimEnd()));

    /// <summary>The commands of one palette with their arguments.</summary>
    public static IEnumerable<string> Lines(CommandPalette palette) => palette.Commands.SelectMany(command =>
        command.Arguments.Select(Explained)
            .Prepend($"{palette.ModuleName} {command.Name,-16} {command.Description}".TrimEnd()));

    private static string Explained(ArgumentDefinition argument)
    {
        var switches = string.Join(", ", argument.Switch.Order(StringComparer.Ordinal));
        var values = argument.DefaultValues.Count > 0 ? $" ({string.Join(", ", argument.DefaultValues)})" : "";
        var need = argument.IsMandatory ? " (needed)" : "";
        return $"    {switches} {argument.Name.ToUpperInvariant(),-12} {argument.Description}{values}{need}";
    }

    private static string Of(ArgumentDefinition argument)
    {
        var text = $"{argument.FirstSwitch} {argument.Name.ToUpperInvariant()}";
        text = argument.AllowMultiple ? text + "…" : text;
        return argument.IsMandatory ? text : $"[{text}]";
    }
}

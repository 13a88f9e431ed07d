namespace Petabridge.Cmd.Parsing;

/// <summary>What may follow what has been typed so far.</summary>
internal static class Completion
{
    public const string Help = "help";
    public const string Exit = "exit";

    /// <summary>
    /// Words for the place after the last space, in order: palettes, commands, switches, or a switch's values.
    /// </summary>
    /// <param name="line">Up to the cursor.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<CommandPalette> palettes, string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        var typed = "";
        if (words.Count > 0 && !char.IsWhiteSpace(line[^1]))
        {
            typed = words[^1];
            words.RemoveAt(words.Count - 1);
        }

        return
        [
            .. Candidates(palettes, words).Where(word => word.StartsWith(typed, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Candidates(IReadOnlyCollection<CommandPalette> palettes, List<string> words)
    {
        var modules = palettes.Select(palette => palette.ModuleName);
        if (words.Count == 0)
        {
            return modules.Append(Help).Append(Exit);
        }

        if (words[0] == Help)
        {
            return words.Count == 1 ? modules : [];
        }

        if (palettes.FirstOrDefault(known => known.ModuleName == words[0]) is not { } palette)
        {
            return [];
        }

        if (words.Count == 1)
        {
            return palette.Commands.Select(command => command.Name);
        }

        if (palette.Find(words[1]) is not { } definition)
        {
            return [];
        }

        return (words.Count > 2 ? definition.FindSwitch(words[^1]) : null) is { } argument
            ? argument.DefaultValues
            : definition.Arguments
                .Where(known => known.AllowMultiple || !words.Any(known.Switch.Contains))
                .Select(known => known.FirstSwitch);
    }
}

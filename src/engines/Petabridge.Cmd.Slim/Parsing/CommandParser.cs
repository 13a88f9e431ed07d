using System.Diagnostics.CodeAnalysis;

namespace Petabridge.Cmd.Parsing;

/// <summary>Makes a command of the words that were typed, or says everything that is wrong with them.</summary>
internal static class CommandParser
{
    private const int LongestQuote = 40;

    public static bool TryParse(
        IReadOnlyCollection<CommandPalette> palettes,
        IReadOnlyList<string> words,
        [NotNullWhen(true)] out Command? command,
        [NotNullWhen(false)] out string? error)
    {
        command = null;
        if (words.Count == 0)
        {
            error = $"there is no command; the palettes are {Names(palettes.Select(known => known.ModuleName))}";
            return false;
        }

        if (palettes.FirstOrDefault(known => known.ModuleName == words[0]) is not { } palette)
        {
            error = Unknown("palette", words[0], "", palettes.Select(known => known.ModuleName));
            return false;
        }

        var commands = palette.Commands.Select(known => known.Name);
        if (words.Count == 1)
        {
            error = $"'{palette.ModuleName}' needs a command: {Names(commands)}";
            return false;
        }

        if (palette.Find(words[1]) is not { } definition)
        {
            error = Unknown("command", words[1], palette.ModuleName + " ", commands);
            return false;
        }

        var violations = new List<string>();
        var arguments = ArgumentsOf(definition, words, violations);
        if (violations.Count > 0)
        {
            error = $"{string.Join("; ", violations)}\nusage: {CommandHelp.Usage(palette, definition)}";
            return false;
        }

        (command, error) = (new Command(palette.ModuleName, definition.Name, arguments), null);
        return true;
    }

    private static List<Tuple<string, string>> ArgumentsOf(
        CommandDefinition definition, IReadOnlyList<string> words, List<string> violations)
    {
        var arguments = new List<Tuple<string, string>>();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 2; i < words.Count; i++)
        {
            if (definition.FindSwitch(words[i]) is not { } argument)
            {
                violations.Add($"'{Quoted(words[i])}' is no switch of '{definition.Name}'");
            }
            else if (!given.Add(argument.Name) && !argument.AllowMultiple)
            {
                violations.Add($"{words[i++]} is given twice");
            }
            else if (i + 1 == words.Count || definition.FindSwitch(words[i + 1]) is not null)
            {
                violations.Add($"{words[i]} needs a value");
            }
            else
            {
                arguments.Add(Tuple.Create(words[i], words[++i]));
            }
        }

        violations.AddRange(definition.Arguments
            .Where(argument => argument.IsMandatory && !given.Contains(argument.Name))
            .Select(argument => $"{argument.FirstSwitch} is missing"));
        return arguments;
    }

    private static string Unknown(string what, string word, string before, IEnumerable<string> known)
    {
        var names = known.ToList();
        return Suggestions.Nearest(word, names) is { } nearest
            ? $"unknown {what} '{before}{Quoted(word)}'; did you mean '{before}{nearest}'?"
            : $"unknown {what} '{before}{Quoted(word)}'; there are {Names(names)}";
    }

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal));

    /// <summary>What was typed may be long, or anything.</summary>
    private static string Quoted(string word)
    {
        var shown = new string([.. word.Take(LongestQuote).Select(c => char.IsControl(c) ? '?' : c)]);
        return word.Length > LongestQuote ? shown + "…" : shown;
    }
}

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>The command line that gives the same artifacts again: what was typed, less what changes no byte of
/// them.</summary>
internal static class CommandText
{
    private static readonly string[] WithValue = ["--state", "-o", "--output", "--slots"];
    private static readonly string[] Alone = ["-q", "--quiet", "--debug"];

    public static string Of(IReadOnlyList<string> arguments)
    {
        var kept = new List<string> { "trainctl" };
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].Split('=')[0];
            if (WithValue.Contains(name))
            {
                i += arguments[i].Contains('=') ? 0 : 1;
            }
            else if (!Alone.Contains(name))
            {
                kept.Add(arguments[i].Any(char.IsWhiteSpace) ? $"'{arguments[i]}'" : arguments[i]);
            }
        }

        return string.Join(' ', kept);
    }
}

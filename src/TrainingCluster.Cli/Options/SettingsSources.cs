using System.Collections;
using System.CommandLine;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli.Options;

/// <summary>The settings of this process: files, environment and the flags that stand for a setting.</summary>
internal static class SettingsSources
{
    public static Settings Load(Option<int?>? slots = null, ParseResult? parsed = null)
    {
        var flags = new List<SettingsLayer>();
        if (slots is not null && parsed?.GetValue(slots) is { } count)
        {
            flags.Add(Settings.FromFlag(
                "flag --slots", "training.node.slots",
                count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return Load(flags);
    }

    /// <param name="flags">What the command line sets, the strongest last.</param>
    public static Settings Load(IReadOnlyList<SettingsLayer> flags) =>
        SettingsLoader.Load(Directory.GetCurrentDirectory(), Variables(), flags);

    /// <param name="ownFile">Given with --config; null for none.</param>
    /// <param name="flags">What the command line sets, the strongest last.</param>
    public static Settings LoadForNode(string? ownFile, IReadOnlyList<SettingsLayer> flags) =>
        SettingsLoader.LoadForNode(Directory.GetCurrentDirectory(), ownFile, Variables(), flags);

    private static IEnumerable<KeyValuePair<string, string>> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
}

using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace TrainingCluster.Node.Configuration;

/// <summary>
/// Layers of settings, the strongest last: reference.conf, role file, project file, environment, flags. Every key
/// under <c>training</c> must stand in reference.conf, which is also where it is explained.
/// </summary>
public sealed class Settings
{
    private const string Root = "training";
    private readonly ImmutableArray<SettingsLayer> _layers;

    /// <param name="layers">The weakest first; the first is the reference, which decides which keys exist.</param>
    /// <exception cref="SettingsException">A layer has a key that the reference does not have.</exception>
    public Settings(ImmutableArray<SettingsLayer> layers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(layers.Length);

        _layers = layers;
        Entries = Flatten(layers);
        Effective = layers.Reverse().Aggregate(
            ConfigurationFactory.Empty, (stronger, layer) => stronger.WithFallback(layer.Config));
        var violations = UnknownKeys(layers);
        if (violations.Length > 0)
        {
            throw new SettingsException(violations);
        }
    }

    /// <summary>All layers as one.</summary>
    public Config Effective { get; }

    /// <summary>Every setting under <c>training</c> in the order of its key, with the layer it comes from.</summary>
    public ImmutableArray<Setting> Entries { get; }

    /// <summary>
    /// Variables such as <c>TRAINING__WORKER__TIMEOUT=30s</c>: two underscores go one level down, one stands
    /// for a dash.
    /// </summary>
    public static IEnumerable<SettingsLayer> FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables) =>
        from variable in variables
        where variable.Key.StartsWith("TRAINING__", StringComparison.Ordinal)
        orderby variable.Key
        let key = variable.Key.ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal).Replace('_', '-')
        select new SettingsLayer($"environment {variable.Key}", Single(key, variable.Value));

    /// <summary>A layer of one key, as a flag gives it.</summary>
    public static SettingsLayer FromFlag(string flag, string key, string value) => new(flag, Single(key, value));

    private static Config Single(string key, string value) =>
        ConfigurationFactory.ParseString($"{key} = \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");

    private static ImmutableArray<Setting> Flatten(ImmutableArray<SettingsLayer> layers)
    {
        var winners = new SortedDictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            foreach (var (key, value) in Leaves(layer.Config))
            {
                winners[key] = new Setting(key, value, layer.Origin);
            }
        }

        return [.. winners.Values];
    }

    private static string[] UnknownKeys(ImmutableArray<SettingsLayer> layers)
    {
        var known = Leaves(layers[0].Config).Select(leaf => leaf.Key).ToHashSet(StringComparer.Ordinal);
        return [.. from layer in layers.Skip(1)
                   from leaf in Leaves(layer.Config)
                   where !known.Contains(leaf.Key)
                   let nearest = known.MinBy(key => (EditDistance.Between(key, leaf.Key), key))
                   select $"{leaf.Key} in {layer.Origin} is no setting; did you mean {nearest}?"];
    }

    private static IEnumerable<(string Key, string Value)> Leaves(Config config) =>
        config.GetValue(Root) is { } root ? Leaves(Root, root) : [];

    private static IEnumerable<(string Key, string Value)> Leaves(string path, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves($"{path}.{item.Key}", item.Value))
        : [(path, value.IsArray() ? $"[{string.Join(", ", value.GetStringList())}]" : value.GetString() ?? "")];
}

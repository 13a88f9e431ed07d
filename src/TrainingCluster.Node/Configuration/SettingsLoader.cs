using System.Collections.Immutable;
using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Configuration;

/// <summary>Finds the layers of a process: built-in reference, project file, environment, flags.</summary>
public static class SettingsLoader
{
    /// <summary>The project's own file, looked for in the working directory.</summary>
    public const string ProjectFile = "training.conf";

    /// <param name="folder">Where <see cref="ProjectFile"/> may lie.</param>
    /// <param name="environment">The process's variables.</param>
    /// <param name="flags">What the command line sets, strongest last.</param>
    /// <exception cref="SettingsException">A file cannot be parsed, or a layer has an unknown key.</exception>
    public static Settings Load(
        string folder, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<SettingsLayer> flags)
    {
        var layers = ImmutableArray.CreateBuilder<SettingsLayer>();
        layers.Add(new SettingsLayer("reference.conf", BuiltInConfig.Reference));
        return Load(layers, folder, null, environment, flags);
    }

    /// <summary>As <see cref="Load"/>, for a node of a cluster of several.</summary>
    /// <param name="ownFile">Wins over <see cref="ProjectFile"/>; null for none.</param>
    /// <exception cref="SettingsException">A file cannot be read or parsed, or a layer has an unknown
    /// key.</exception>
    public static Settings LoadForNode(
        string folder,
        string? ownFile,
        IEnumerable<KeyValuePair<string, string>> environment,
        IEnumerable<SettingsLayer> flags)
    {
        var layers = ImmutableArray.CreateBuilder<SettingsLayer>();
        layers.Add(new SettingsLayer("reference.conf", BuiltInConfig.Reference));
        layers.Add(new SettingsLayer("node.conf", BuiltInConfig.Node));
        return Load(layers, folder, ownFile, environment, flags);
    }

    private static Settings Load(
        ImmutableArray<SettingsLayer>.Builder layers,
        string folder,
        string? ownFile,
        IEnumerable<KeyValuePair<string, string>> environment,
        IEnumerable<SettingsLayer> flags)
    {
        var file = Path.Combine(folder, ProjectFile);
        if (File.Exists(file))
        {
            layers.Add(new SettingsLayer(file, Parse(file)));
        }

        if (ownFile is not null)
        {
            layers.Add(new SettingsLayer(ownFile, Parse(ownFile)));
        }

        layers.AddRange(Settings.FromEnvironment(environment));
        layers.AddRange(flags);
        return new Settings(layers.ToImmutable());
    }

    private static Config Parse(string file)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception mistake) when (mistake is ConfigurationException or FormatException)
        {
            throw new SettingsException([$"{file}: {mistake.Message}"]);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{file} cannot be read: {unread.Message}"]);
        }
    }
}

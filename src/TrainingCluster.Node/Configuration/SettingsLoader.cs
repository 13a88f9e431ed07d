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
        var file = Path.Combine(folder, ProjectFile);
        if (File.Exists(file))
        {
            layers.Add(new SettingsLayer(file, Parse(file)));
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
    }
}

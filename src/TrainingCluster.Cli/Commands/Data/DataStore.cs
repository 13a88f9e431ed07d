using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>The bars below the state directory, with the settings that hold for them.</summary>
internal sealed class DataStore
{
    private readonly TimeProvider _clock;

    private DataStore(string folder, DataOptions options, TimeProvider clock)
    {
        Folder = folder;
        Options = options;
        _clock = clock;
    }

    public string Folder { get; }

    public DataOptions Options { get; }

    public Quarantine Quarantine => new(Path.Combine(Folder, "quarantine"), _clock);

    /// <summary>Whether anything was ever stored; asking makes nothing.</summary>
    public bool Exists => Directory.Exists(Folder);

    /// <exception cref="SettingsException">Settings cannot be read.</exception>
    /// <exception cref="TrainingOptionsException">Settings are out of range.</exception>
    public static DataStore Of(ParseResult parsed, CommandContext context, params SettingsLayer[] flags) => new(
        Path.Combine(parsed.GetRequiredValue(CommonOptions.State).FullName, "data"),
        DataOptions.From(SettingsSources.Load(flags).Effective), context.Clock);

    /// <summary>Made where it is missing.</summary>
    public BarStore Open() => new(Folder, _clock, Options.CacheLimitBytes);
}

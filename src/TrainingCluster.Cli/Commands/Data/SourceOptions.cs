using System.CommandLine;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Binance;
using TrainingCluster.MarketData.Sources.Folders;
using TrainingCluster.MarketData.Sources.PlugIns;
using TrainingCluster.MarketData.Sources.Yahoo;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>The flags that say where bars come from; each stands for a setting.</summary>
internal sealed class SourceOptions
{
    private static readonly string[] BuiltIn = ["folder", "yahoo", "binance"];

    private readonly Option<string?> _source = new("--source")
    {
        Description = "Only this source: folder, yahoo, binance, or the class of a plug-in; "
            + "default: each that has symbols in the settings",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _symbols = new("--symbols")
    {
        Description = "Symbols as the source spells them, by comma or space; default: those of the settings",
        HelpName = "A,B",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _timeframes = new("--timeframe")
    {
        Description = "Lengths of bars such as 1m, 1h, 1d, by comma or space",
        HelpName = "1d",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _lookback = new("--lookback-days")
    {
        Description = "How far back a series begins that is not stored yet",
        HelpName = "N",
    };

    private readonly Option<string?> _address = new("--base-url")
    {
        Description = "Where yahoo or binance is asked",
        HelpName = "URL",
    };

    private readonly Option<string?> _path = new("--path")
    {
        Description = "Folder of files for --source folder",
        HelpName = "DIR",
    };

    private readonly Option<string?> _adjust = new("--adjust")
    {
        Description = "What yahoo's prices are adjusted for beside splits",
        HelpName = "none|dividends",
    };

    public SourceOptions(Command command)
    {
        foreach (var option in new Option[] { _source, _symbols, _timeframes, _lookback, _address, _path, _adjust })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="Errors.UserErrorException">Flags do not go together.</exception>
    public SettingsLayer[] Layers(ParseResult parsed)
    {
        var source = parsed.GetValue(_source);
        var section = source is null ? null : Section(source);
        var layers = new List<SettingsLayer>();
        Add("--symbols", Joined(parsed, _symbols), section is null ? null : $"{section}.symbols");
        Add("--base-url", parsed.GetValue(_address), section is "yahoo" or "binance" ? $"{section}.base-url" : null);
        Add("--path", parsed.GetValue(_path), section == "folder" ? "folder.path" : null);
        Add("--adjust", parsed.GetValue(_adjust), section is null or "yahoo" ? "yahoo.adjust" : null);
        Add("--timeframe", Joined(parsed, _timeframes), "timeframes");
        Add("--lookback-days", parsed.GetValue(_lookback), "lookback-days");
        if (section == "plug-in" && source != "plug-in")
        {
            Add("--source", source, "plug-in.type");
        }

        return [.. layers];

        void Add(string flag, string? value, string? key)
        {
            if (value is null)
            {
                return;
            }

            layers.Add(key is not null
                ? Settings.FromFlag($"flag {flag}", $"training.data.{key}", value)
                : throw DataFile.Wrong(source is null
                    ? $"{flag} needs --source, which says for which source it holds"
                    : $"{flag} does not go with --source {source}"));
        }
    }

    /// <summary>The sources that are asked, with their symbols and questions a minute.</summary>
    /// <exception cref="Errors.UserErrorException">There is none.</exception>
    public IReadOnlyList<(IBarSource Source, IReadOnlyList<string> Symbols, int PerMinute)> Sources(
        ParseResult parsed, DataOptions options, HttpClient http, TimeProvider clock)
    {
        var only = parsed.GetValue(_source) is { } source ? Section(source) : null;
        var sources = new List<(IBarSource, IReadOnlyList<string>, int)>();
        Add("folder", options.Folder.Symbols, 0, () => new FolderSource(options.Folder.Path, options.Folder.Import));
        Add("yahoo", options.Yahoo.Symbols, options.Yahoo.RequestsPerMinute,
            () => new YahooSource(http, clock, options.YahooQuestions));
        Add("binance", options.Binance.Symbols, options.Binance.RequestsPerMinute,
            () => new BinanceSource(http, clock, options.BinanceQuestions));
        Add("plug-in", options.PlugInSymbols, options.PlugInRequestsPerMinute,
            () => PlugIn.Load(options.PlugIn, new BarSourceServices(http, clock)));
        return sources.Count > 0 ? sources : throw DataFile.Wrong(only is null
            ? "no source has symbols; set training.data.yahoo.symbols or another source's, or give --source and "
                + "--symbols"
            : $"{only} has no symbols; set training.data.{only}.symbols or give --symbols");

        void Add(string name, IReadOnlyList<string> symbols, int perMinute, Func<IBarSource> make)
        {
            if (symbols.Count > 0 && (only is null || only == name))
            {
                sources.Add((make(), symbols, perMinute));
            }
        }
    }

    /// <summary>Whoever is no built-in source is a class.</summary>
    private static string Section(string source) =>
        BuiltIn.Contains(source) ? source
        : source == "plug-in" || source.Contains('.', StringComparison.Ordinal) ? "plug-in"
        : throw DataFile.Wrong(
            $"--source is '{source}'; it must be {string.Join(", ", BuiltIn)}, plug-in or the full name of a class");

    private static string? Joined(ParseResult parsed, Option<string[]> option) =>
        parsed.GetValue(option) is { Length: > 0 } values ? string.Join(',', values) : null;
}

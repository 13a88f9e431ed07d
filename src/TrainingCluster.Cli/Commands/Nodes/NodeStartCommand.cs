using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using TrainingCluster.Api;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Node.Configuration;
using TrainingCluster.Node.Hosting;
using TrainingCluster.Node.Pbm;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>`trainctl node start`: this process is a node of a cluster until it is told to stop.</summary>
internal static class NodeStartCommand
{
    private static readonly Option<ImmutableArray<string>> RoleNames = new("--role")
    {
        Description = $"What the node may be, by comma or space: {string.Join(", ", Roles.All)}",
        HelpName = "A,B,…",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [Roles.Coordinator, Roles.Trainer, Roles.Registry],
        CustomParser = ParseRoles,
    };

    private static readonly Option<FileInfo?> ConfigFile = new("--config")
    {
        Description = "Settings that win over training.conf in the working directory",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Port = new("--port")
    {
        Description = "With the host's name it names the node (training.cluster.port)",
        HelpName = "N",
    };

    private static readonly Option<int?> Slots = new("--slots")
    {
        Description = "Jobs at the same time (training.node.slots)",
        HelpName = "N",
    };

    private static readonly Option<int?> ApiPort = new("--api-port")
    {
        Description = "Of the HTTP interface of a node with the role api (training.api.port)",
        HelpName = "N",
    };

    private static readonly Option<int?> PbmPort = new("--pbm-port")
    {
        Description = "Where `pbm` connects to (training.pbm.port)",
        HelpName = "N",
    };

    private static readonly Option<bool> WithParent = new("--with-parent")
    {
        Description = "Stop when standard input ends, as it does with the process that started this one",
        Hidden = true,
    };

    public static Command Create(CommandContext context)
    {
        var command = new Command("start", "Be a node of a cluster until Ctrl-C or SIGTERM")
        {
            RoleNames, ConfigFile, Port, Slots, ApiPort, PbmPort, WithParent,
        };
        command.SetAction((parsed, _) => RunAsync(context, parsed));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed)
    {
        var settings = SettingsSources.LoadForNode(parsed.GetValue(ConfigFile)?.FullName, Flags(parsed));
        var roles = parsed.GetRequiredValue(RoleNames);
        if (roles.Contains(Roles.Trainer))
        {
            // What decides the last bits of every number must be set before anything loads the libraries.
            NumericProfile.Apply();
        }

        var pbm = PbmOptions.From(settings.Effective);
        using var signals = new NodeSignals(context.Clock, context.Console.Error);
        if (parsed.GetValue(WithParent))
        {
            signals.FollowInput(Console.OpenStandardInput());
        }

        var process = new NodeProcess(
            new ClusterNodeOptions
            {
                StateDirectory = parsed.GetRequiredValue(CommonOptions.State).FullName,
                Roles = [.. roles],
                Config = settings.Effective,
                TimeProvider = context.Clock,
                WorkerProgram = [.. OwnProgram.Line, WorkerCommand.Name],
            },
            [.. Services(context, settings, roles), .. pbm.IsEnabled ? new INodeService[] { new PbmService() } : []],
            context.Console.Out.WriteLine);
        return await process.RunAsync(signals.Asked) ? ExitCode.Success : ExitCode.Failed;
    }

    // Read before the node joins: what is wrong with them is told at once.
    private static ImmutableArray<INodeService> Services(
        CommandContext context, Settings settings, ImmutableArray<string> roles)
    {
        if (!roles.Contains(Roles.Api))
        {
            return [];
        }

        var options = ApiOptions.From(settings.Effective.WithFallback(BuiltInConfig.Reference));
        return [new ApiService(options, ProductVersion.Text, context.Clock, context.Console.Out.WriteLine)];
    }

    private static List<SettingsLayer> Flags(ParseResult parsed)
    {
        var flags = new List<SettingsLayer>();
        foreach (var (option, key) in new[]
        {
            (Port, "training.cluster.port"), (Slots, "training.node.slots"),
            (ApiPort, "training.api.port"), (PbmPort, "training.pbm.port"),
        })
        {
            if (parsed.GetValue(option) is { } number)
            {
                flags.Add(Settings.FromFlag(
                    $"flag {option.Name}", key,
                    number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return flags;
    }

    private static ImmutableArray<string> ParseRoles(ArgumentResult result)
    {
        var names = result.Tokens
            .SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        foreach (var name in names.Where(name => !Roles.All.Contains(name)))
        {
            result.AddError($"--role has '{name}'; it must be some of {string.Join(", ", Roles.All)}");
        }

        return names;
    }
}

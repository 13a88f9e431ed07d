using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cli.Commands.Stores;

/// <summary>`trainctl store migrate`: the tables of the store that nodes share, before the first node asks for
/// them.</summary>
internal static class StoreMigrateCommand
{
    private static readonly Option<FileInfo?> ConfigFile = new("--config")
    {
        Description = "The settings of the nodes; they win over training.conf in the working directory",
        HelpName = "FILE",
    };

    public static Command Create(CommandContext context)
    {
        var command = new Command("migrate", "Make the tables that nodes share, or bring them up to date")
        {
            ConfigFile,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsSources.LoadForNode(parsed.GetValue(ConfigFile)?.FullName, []);
            await StoreMigration.RunAsync(
                new ClusterNodeOptions
                {
                    StateDirectory = parsed.GetRequiredValue(CommonOptions.State).FullName,
                    Roles = [],
                    Config = settings.Effective,
                    TimeProvider = context.Clock,
                },
                cancellation);
            context.Console.Error.WriteLine("the store is ready");
            return ExitCode.Success;
        });
        return command;
    }
}

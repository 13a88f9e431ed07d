using System.CommandLine;
using TrainingCluster.Cli.Commands.Config;
using TrainingCluster.Cli.Commands.Data;
using TrainingCluster.Cli.Commands.Nodes;
using TrainingCluster.Cli.Commands.Preprocessors;
using TrainingCluster.Cli.Commands.Runs;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;

namespace TrainingCluster.Cli.Commands;

/// <summary>The tree of commands: a noun, then a verb.</summary>
internal static class TrainctlCommands
{
    public static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("Trains, grades and keeps models of trading strategies");
        root.Options.Add(CommonOptions.State);
        root.Options.Add(CommonOptions.Output);
        root.Options.Add(CommonOptions.Quiet);
        root.Options.Add(CommonOptions.Debug);
        root.Subcommands.Add(Noun("train", "Train models and look at their versions",
            [
                TrainPipelineCommand.Create(context),
                TrainStageCommand.CreateCnnLstm(context),
                .. TrainStageCommand.CreateAgents(context),
                TrainStageCommand.CreateHybrid(context),
                TrainStageCommand.CreateEnsemble(context),
                TrainResumeCommand.Create(context),
                TrainListCommand.Create(context),
                TrainInfoCommand.Create(context),
            ]));
        root.Subcommands.Add(Noun("runs", "Look at runs",
            RunsListCommand.Create(context),
            RunsShowCommand.Create(context)));
        root.Subcommands.Add(Noun("node", "Be a node of a cluster", NodeStartCommand.Create(context)));
        root.Subcommands.Add(Noun(
            "store", "Look after the store that nodes share", Store.StoreMigrateCommand.Create(context)));
        root.Subcommands.Add(WorkerCommand.Create(context));
        root.Subcommands.Add(UpCommand.Create(context));
        root.Subcommands.Add(DownCommand.Create(context));
        root.Subcommands.Add(Noun("data", "Look at bars and work on them",
            DataComputeCommand.Create(context),
            DataCheckCommand.Create(context),
            DataCheckCommand.CreateGaps(context),
            DataDriftCommand.Create(context),
            DataImportCommand.Create(context),
            DataUpdateCommand.Create(context),
            DataStatusCommand.Create(context),
            DataGenerateCommand.Create(context),
            DataProfileCommand.Create(context),
            DataLeakcheckCommand.Create(context),
            DataPipelineCommand.Create(context)));
        root.Subcommands.Add(Noun("preprocessors", "Look at how models read bars",
            PreprocessorsListCommand.Create(context),
            PreprocessorsShowCommand.Create(context),
            PreprocessorsShowCommand.CreateDiff(context)));
        root.Subcommands.Add(Backtests.BacktestCommand.Create(context));
        root.Subcommands.Add(StatusCommand.Create(context));
        root.Subcommands.Add(Noun("config", "Look at the configuration", ConfigShowCommand.Create(context)));
        root.Subcommands.Add(HelpCommand.Create(context));
        return root;
    }

    private static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
        {
            noun.Subcommands.Add(verb);
        }

        return noun;
    }
}

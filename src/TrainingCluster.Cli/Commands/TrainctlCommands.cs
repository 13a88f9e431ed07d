using System.CommandLine;
using TrainingCluster.Cli.Commands.Clusters;
using TrainingCluster.Cli.Commands.Config;
using TrainingCluster.Cli.Commands.Data;
using TrainingCluster.Cli.Commands.Nodes;
using TrainingCluster.Cli.Commands.Jobs;
using TrainingCluster.Cli.Commands.Preprocessors;
using TrainingCluster.Cli.Commands.Runs;
using TrainingCluster.Cli.Commands.Stores;
using TrainingCluster.Cli.Commands.Support;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Runs;

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
                TrainBenchmarkCommand.Create(context),
            ]));
        root.Subcommands.Add(ServerOptions.AddTo(Noun("runs", "Look at runs, stop them and let them go on",
            RunsListCommand.Create(context),
            RunsShowCommand.Create(context),
            RunsWatchCommand.Create(context),
            RunCommandsCommand.CreatePause(context),
            RunCommandsCommand.CreateResume(context),
            RunCommandsCommand.CreateCancel(context),
            RunCommandsCommand.CreatePriority(context))));
        root.Subcommands.Add(ServerOptions.AddTo(Noun("jobs", "Look at single jobs, stop them and try them again",
            JobsCommands.CreateList(context),
            JobsCommands.CreateShow(context),
            JobsCommands.CreateLogs(context),
            JobsCommands.Create(context, JobAction.Pause, "Stop a job after a checkpoint until it is resumed"),
            JobsCommands.Create(context, JobAction.Resume, "Let a paused job go on"),
            JobsCommands.Create(context, JobAction.Cancel, "End a job and what needs its result"),
            JobsCommands.Create(context, JobAction.Retry, "Try a failed or cancelled job again with a whole budget"),
            JobsCommands.Create(context, JobAction.Quarantine, "Take a job out until it is retried by hand"))));
        root.Subcommands.Add(ServerOptions.AddTo(Noun("cluster", "Look at a cluster",
            ClusterCommands.CreateStatus(context),
            ClusterCommands.CreateNodes(context),
            ClusterCommands.CreateSlots(context),
            ClusterCommands.CreateExplain(context),
            ClusterCommands.CreateEvents(context))));
        root.Subcommands.Add(Noun("node", "Be a node of a cluster", NodeStartCommand.Create(context)));
        root.Subcommands.Add(WorkerCommand.Create(context));
        root.Subcommands.Add(UpCommand.Create(context));
        root.Subcommands.Add(DownCommand.Create(context));
        root.Subcommands.Add(Noun("store", "Check, copy, bring back and prepare what is stored",
            StoreCommands.CreateCheck(context),
            StoreCommands.CreateBackup(context),
            StoreCommands.CreateRestore(context),
            StoreMigrateCommand.Create(context)));
        root.Subcommands.Add(Noun(
            "support", "Help others to help", SupportBundleCommand.Create(context)));
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

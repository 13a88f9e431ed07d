using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Stores;

namespace TrainingCluster.Cli.Commands.Stores;

/// <summary>`trainctl store check|backup|restore`: the state directory as a whole.</summary>
internal static class StoreCommands
{
    public static Command CreateCheck(CommandContext context)
    {
        var command = new Command("check", "Read every event and every artifact, and say what is missing or damaged");
        command.SetAction(parsed => Print(
            context, parsed, StoreCheck.Run(StateReader.Open(StateOf(parsed))), "checked"));
        return command;
    }

    public static Command CreateBackup(CommandContext context)
    {
        var target = new Argument<string>("DIR") { Description = "A folder that is not there yet" };
        var command = new Command("backup", "Copy journal, artifacts and checkpoints; nodes may go on meanwhile")
        {
            target,
        };
        command.SetAction(parsed => Print(
            context,
            parsed,
            StoreBackup.Backup(StateReader.Open(StateOf(parsed)), parsed.GetRequiredValue(target)),
            "backed up"));
        return command;
    }

    public static Command CreateRestore(CommandContext context)
    {
        var source = new Argument<string>("DIR") { Description = "What `trainctl store backup` made" };
        var command = new Command("restore", "Bring a backup into a state directory that is not there or empty")
        {
            source,
        };
        command.SetAction(parsed => Print(
            context, parsed, StoreBackup.Restore(parsed.GetRequiredValue(source), StateOf(parsed)), "restored"));
        return command;
    }

    private static string StateOf(ParseResult parsed) => parsed.GetRequiredValue(CommonOptions.State).FullName;

    private static int Print(CommandContext context, ParseResult parsed, StoreReport report, string done)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(context.Console.Out, report);
        }
        else
        {
            var writer = context.Console.Out;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done}: {report.Versions} versions, {report.Runs} runs, {report.Artifacts} artifacts with "
                    + $"{report.ArtifactBytes} bytes; {report.LeftOver} more that none of them names"));
            foreach (var problem in report.Problems)
            {
                writer.WriteLine($"{problem.Kind}: {problem.Sha256}, {problem.Whom}");
            }
        }

        return report.IsWhole ? ExitCode.Success : ExitCode.CheckFailed;
    }
}

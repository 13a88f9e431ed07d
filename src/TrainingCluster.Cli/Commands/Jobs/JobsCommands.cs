using System.CommandLine;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Commands.Runs;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Node.Logging;

namespace TrainingCluster.Cli.Commands.Jobs;

/// <summary>`trainctl jobs …`: single jobs of a run, in the state directory or in a cluster.</summary>
internal static class JobsCommands
{
    private const int LinesMax = 2_000;

    public static Command CreateList(CommandContext context)
    {
        var run = RunCommandsCommand.RunArgument();
        var command = new Command("list", "List the jobs of a run") { run };
        command.SetAction(async (parsed, _) =>
        {
            var found = await FindAsync(context, parsed, parsed.GetRequiredValue(run));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, found.Jobs);
            }
            else
            {
                RunTables.WriteRun(context.Console.OutAnsi, found);
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateShow(CommandContext context)
    {
        var (run, job) = (RunCommandsCommand.RunArgument(), JobArgument());
        var command = new Command("show", "Show one job") { run, job };
        command.SetAction(async (parsed, _) =>
        {
            var found = JobOf(
                await FindAsync(context, parsed, parsed.GetRequiredValue(run)), parsed.GetRequiredValue(job));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, found);
            }
            else
            {
                Write(context.Console.Out, found);
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateLogs(CommandContext context)
    {
        var (run, job) = (RunCommandsCommand.RunArgument(), JobArgument());
        var lines = new Option<int>("--lines")
        {
            Description = $"The newest lines, 1 to {LinesMax}",
            HelpName = "N",
            DefaultValueFactory = _ => 200,
            Validators =
            {
                result =>
                {
                    if (result.GetValueOrDefault<int>() is < 1 or > LinesMax)
                    {
                        result.AddError($"--lines is {result.GetValueOrDefault<int>()}; it must be 1 to {LinesMax}");
                    }
                },
            },
        };
        var command = new Command("logs", "Show what the log says about a job") { run, job, lines };
        command.SetAction(async (parsed, _) =>
        {
            var log = await LogAsync(
                context, parsed, parsed.GetRequiredValue(run), parsed.GetRequiredValue(job), parsed.GetValue(lines));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, log);
            }
            else
            {
                foreach (var line in log.Lines)
                {
                    context.Console.Out.WriteLine(line);
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>A command for each of <see cref="JobAction"/>.</summary>
    public static Command Create(CommandContext context, JobAction action, string description)
    {
        var verb = action.ToString().ToLowerInvariant();
        var (run, job) = (RunCommandsCommand.RunArgument(), JobArgument());
        var command = new Command(verb, description) { run, job };
        command.SetAction(async (parsed, _) =>
        {
            var (runText, jobId) = (parsed.GetRequiredValue(run), parsed.GetRequiredValue(job));
            using var api = ServerOptions.Of(parsed, context);
            if (api is null)
            {
                return await LocalCommands.RunAsync(context, parsed, runText, verb,
                    found => new RunCommands.OfJob(found, jobId, action));
            }

            var id = await RemoteRuns.ResolveAsync(api, runText);
            var accepted = await api.CommandAsync<AcceptedDocument>(
                HttpMethod.Post, $"runs/{id}/jobs/{PathOf(jobId)}/{verb}", null);
            return CommandReply.Print(context, parsed, accepted, verb);
        });
        return command;
    }

    public static Argument<string> JobArgument() => new("JOB") { Description = "A job id such as ppo/atr_breakout" };

    public static string PathOf(string job) =>
        string.Join('/', job.Split('/').Select(Uri.EscapeDataString));

    private static async Task<RunDocument> FindAsync(CommandContext context, ParseResult parsed, string run)
    {
        using var api = ServerOptions.Of(parsed, context);
        return api is null
            ? RunDocument.Of(RunsShowCommand.Resolve(StateOf(parsed), run))
            : await api.GetAsync<RunDocument>($"runs/{await RemoteRuns.ResolveAsync(api, run)}");
    }

    private static async Task<LogDocument> LogAsync(
        CommandContext context, ParseResult parsed, string run, string job, int lines)
    {
        using var api = ServerOptions.Of(parsed, context);
        if (api is not null)
        {
            return await api.GetAsync<LogDocument>(
                $"runs/{await RemoteRuns.ResolveAsync(api, run)}/jobs/{PathOf(job)}/logs?lines={lines}");
        }

        var state = StateOf(parsed);
        var found = RunDocument.Of(RunsShowCommand.Resolve(state, run));
        var id = JobOf(found, job).Id;
        return new LogDocument(
            found.RunId, id, new JobLogFiles(state.Directory.LogsPath).Read(found.RunId, id, lines));
    }

    private static StateReader StateOf(ParseResult parsed) =>
        StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);

    private static JobDocument JobOf(RunDocument run, string job) => run.Jobs.FirstOrDefault(known => known.Id == job)
        ?? throw new UserErrorException(new UserError(ExitCode.NotFound, "job.unknown",
            $"the run {run.RunId} has no job '{job}'")
        {
            Details = [.. run.Jobs.Select(known => known.Id)],
        });

    private static void Write(TextWriter writer, JobDocument job)
    {
        writer.WriteLine($"job       {job.Id}");
        writer.WriteLine($"status    {job.Status}{(job.Reason is null ? "" : $" ({job.Reason})")}");
        if (job.Detail is { } detail)
        {
            writer.WriteLine($"detail    {detail}");
        }

        writer.WriteLine(
            $"attempts  {job.Attempts}, of which {job.Failures} failed and {job.Preemptions} were put back");
        writer.WriteLine($"faults    {job.Recoveries} numerical ones recovered from");
        if (job.Node is { } node)
        {
            writer.WriteLine($"node      {node}");
        }

        if (job.Version is { } version)
        {
            writer.WriteLine($"version   {version} ({job.Grade})");
        }
    }
}

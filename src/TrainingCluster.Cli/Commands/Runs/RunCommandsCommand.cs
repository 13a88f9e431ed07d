using System.CommandLine;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Runs;

/// <summary>`trainctl runs pause|resume|cancel|priority RUN`: what may be done with a whole run.</summary>
internal static class RunCommandsCommand
{
    public static Command CreatePause(CommandContext context) => Create(
        context, "pause", "Stop a run's jobs after a checkpoint until it is resumed",
        run => new RunCommands.Pause(run));

    public static Command CreateCancel(CommandContext context) => Create(
        context, "cancel", "End a run; what it has registered stays", run => new RunCommands.Cancel(run));

    public static Command CreateResume(CommandContext context)
    {
        var (id, slots) = (RunArgument(), new RunOptions().Slots);
        var command = new Command("resume", "Go on with a run that was paused, interrupted or has failed jobs")
        {
            id, slots,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(ServerOptions.Server) is not null)
            {
                return await DoAsync(context, parsed, parsed.GetRequiredValue(id), "resume",
                    run => new RunCommands.Resume(run));
            }

            // Nobody but this process would carry it out.
            var options = RunSessionOptions.Of(parsed, slots);
            var run = RunsShowCommand.Resolve(StateReader.Open(options.StateDirectory), parsed.GetRequiredValue(id));
            return await new RunSession(context, options).ResumeAsync(run.Id);
        });
        return command;
    }

    public static Command CreatePriority(CommandContext context)
    {
        var id = RunArgument();
        var priority = new Argument<int>("PRIORITY")
        {
            Description = $"{RunPriority.Least} to {RunPriority.Most}; runs of a higher one get slots first",
        };
        var command = new Command("priority", "Let a run's waiting jobs go before or after those of others")
        {
            id, priority,
        };
        command.SetAction(async (parsed, _) =>
        {
            var value = parsed.GetRequiredValue(priority);
            using var api = ServerOptions.Of(parsed, context);
            if (api is null)
            {
                return await LocalCommands.RunAsync(context, parsed, parsed.GetRequiredValue(id), "priority",
                    run => new RunCommands.Prioritise(run, value));
            }

            var run = await RemoteRuns.ResolveAsync(api, parsed.GetRequiredValue(id));
            var accepted = await api.CommandAsync<AcceptedDocument>(
                HttpMethod.Put, $"runs/{run}/priority", new { priority = value });
            return CommandReply.Print(context, parsed, accepted, $"priority {value}");
        });
        return command;
    }

    public static Argument<string> RunArgument() =>
        new("RUN") { Description = "A run id, the start of one, or 'latest'" };

    private static Command Create(
        CommandContext context, string verb, string description, Func<RunId, RunCommand> make)
    {
        var id = RunArgument();
        var command = new Command(verb, description) { id };
        command.SetAction((parsed, _) => DoAsync(context, parsed, parsed.GetRequiredValue(id), verb, make));
        return command;
    }

    private static async Task<int> DoAsync(
        CommandContext context, ParseResult parsed, string text, string verb, Func<RunId, RunCommand> make)
    {
        using var api = ServerOptions.Of(parsed, context);
        if (api is null)
        {
            return await LocalCommands.RunAsync(context, parsed, text, verb, make);
        }

        var run = await RemoteRuns.ResolveAsync(api, text);
        var accepted = await api.CommandAsync<AcceptedDocument>(HttpMethod.Post, $"runs/{run}/{verb}", null);
        return CommandReply.Print(context, parsed, accepted, verb);
    }
}

/// <summary>How a command that was taken in is told.</summary>
internal static class CommandReply
{
    public static int Print(CommandContext context, ParseResult parsed, AcceptedDocument accepted, string verb)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(context.Console.Out, accepted);
        }
        else
        {
            var job = accepted.Job is null ? "" : " " + accepted.Job;
            context.Console.Out.WriteLine($"{accepted.RunId}{job}: {verb}");
        }

        return ExitCode.Success;
    }
}

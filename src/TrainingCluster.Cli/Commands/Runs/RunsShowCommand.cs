using System.CommandLine;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Runs;

/// <summary>`trainctl runs show ID`: one run with the outcome of each job.</summary>
internal static class RunsShowCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("RUN") { Description = "A run id, the start of one, or 'latest'" };
        var command = new Command("show", "Show one run and its jobs") { id };
        command.SetAction(async (parsed, _) =>
        {
            using var api = ServerOptions.Of(parsed, context);
            if (api is not null)
            {
                var remote = await RemoteRuns.ResolveAsync(api, parsed.GetRequiredValue(id));
                RunFollower.Print(context, parsed.GetValue(CommonOptions.Output),
                    await api.GetAsync<Api.Documents.RunDocument>($"runs/{remote}"));
                return ExitCode.Success;
            }

            var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
            var run = Resolve(state, parsed.GetRequiredValue(id));
            var report = Path.Combine(state.Directory.RunPath(run.Id.Text), "report.html");
            var document = RunDocument.Of(run, null, File.Exists(report) ? report : null);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                RunTables.WriteRun(context.Console.OutAnsi, document);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The one run that a text names.</summary>
    /// <exception cref="UserErrorException">None or several do.</exception>
    public static RunSummary Resolve(StateReader state, string text)
    {
        var runs = state.Runs();
        var fitting = text == "latest"
            ? runs.Take(1).ToArray()
            : runs.Where(run => run.Id.Text == text).ToArray();
        if (fitting.Length == 0 && text != "latest")
        {
            fitting = [.. runs.Where(run => run.Id.Text.StartsWith(text, StringComparison.Ordinal))];
        }

        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw new UserErrorException(new UserError(ExitCode.NotFound, "run.unknown",
                runs.IsEmpty ? "there are no runs yet" : $"there is no run '{text}'")
            {
                Hints = ["trainctl runs list"],
            }),
            _ => throw new UserErrorException(new UserError(ExitCode.NotFound, "run.ambiguous",
                $"'{text}' is the start of several run ids")
            {
                Details = [.. fitting.Select(run => run.Id.Text)],
            }),
        };
    }
}

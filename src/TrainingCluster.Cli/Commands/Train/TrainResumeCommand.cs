using System.CommandLine;
using TrainingCluster.Cli.Commands.Runs;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train resume RUN`: goes on with a run that was stopped or killed, from its checkpoints.</summary>
internal static class TrainResumeCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("RUN") { Description = "A run id, the start of one, or 'latest'" };
        var slots = new RunOptions().Slots;
        var command = new Command("resume", "Go on with a run that was stopped or killed") { id, slots };
        command.SetAction(async (parsed, _) =>
        {
            var options = RunSessionOptions.Of(parsed, slots);
            var run = RunsShowCommand.Resolve(StateReader.Open(options.StateDirectory), parsed.GetRequiredValue(id));
            if (run.Status == RunStatus.Succeeded)
            {
                throw new UserErrorException(new UserError(ExitCode.Conflict, "run.ended",
                    $"run {run.Id} has succeeded; there is nothing to resume")
                {
                    Hints = [$"trainctl runs show {run.Id}"],
                });
            }

            return await new RunSession(context, options).ResumeAsync(run.Id);
        });
        return command;
    }
}

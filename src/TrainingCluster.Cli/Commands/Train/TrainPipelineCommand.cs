using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train pipeline DATA`: the stages CNN-LSTM, PPO, hybrid and ensemble, or some of them.</summary>
internal static class TrainPipelineCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RunOptions();
        var stages = RunOptions.Names("--stages", "Stages to train: cnn-lstm, ppo, hybrid, ensemble; missing ones "
            + "are taken from earlier versions", "cnn-lstm,ppo,hybrid,ensemble");
        var agents = RunOptions.Names("--agents", "Reinforcement learners of the second stage", "ppo");
        var command = new Command("pipeline", "Train the stages CNN-LSTM, PPO, hybrid and ensemble on a file of bars");
        options.AddTo(command);
        command.Options.Add(stages);
        command.Options.Add(agents);
        command.SetAction(async (parsed, _) =>
        {
            var session = new RunSession(context, RunSessionOptions.Of(parsed, options.Slots));
            var specs = new RunSpecs(parsed, options);
            var chosen = Parse(parsed.GetValue(stages));
            var bars = specs.Bars();
            var spec = specs.Spec(bars, chosen, parsed.GetValue(agents), []);
            return await session.StartAsync(spec, bars, CommandText.Of(context.Arguments));
        });
        return command;
    }

    private static ImmutableArray<Stage> Parse(ImmutableArray<string> names)
    {
        var unknown = names.Where(name => Stages.TryParse(name) is null).ToArray();
        if (unknown.Length > 0)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "stage.unknown",
                $"there is no stage '{string.Join("', '", unknown)}'; there are: cnn-lstm, ppo, hybrid, ensemble"));
        }

        return [.. names.Select(name => Stages.TryParse(name)!.Value).Distinct().Order()];
    }
}

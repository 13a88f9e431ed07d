using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Remote;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train pipeline DATA`: the stages CNN-LSTM, agents, hybrids, ensemble, or some of them.</summary>
internal static class TrainPipelineCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new RunOptions();
        var stages = RunOptions.Names("--stages", "Stages to train: cnn-lstm, ppo, hybrid, ensemble; missing ones "
            + "are taken from earlier versions", "cnn-lstm,ppo,hybrid,ensemble");
        var agents = AgentWords.Option(
            "Reinforcement learners, each trained as the second stage and as the policy of a hybrid of its own");
        var command = new Command(
            "pipeline", "Train the stages CNN-LSTM, agents, hybrids and ensemble on bars of one symbol or more");
        options.AddTo(command);
        command.Options.Add(stages);
        command.Options.Add(agents);
        var priority = new Option<int>("--priority")
        {
            Description = "With --server: -100 to 100; runs of a higher one get slots first",
            HelpName = "N",
        };
        var detach = new Option<bool>("--detach") { Description = "With --server: submit the run and return at once" };
        command.Options.Add(priority);
        command.Options.Add(detach);
        ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosenOptions = RunSessionOptions.Of(parsed, options.Slots);
            var session = new RunSession(context, chosenOptions);
            var specs = new RunSpecs(parsed, options, chosenOptions.Settings);
            var chosen = Parse(parsed.GetValue(stages));
            var learners = AgentWords.Read(parsed.GetValue(agents));
            var data = new TrainingDataSource(options.DataOf(parsed), context.Clock).Read();
            var spec = specs.Spec(data, chosen, learners, []);
            using var api = ServerOptions.Of(parsed, context);
            if (api is not null)
            {
                return await new RemoteSubmission(context, api).RunAsync(
                    spec, data, parsed.GetValue(priority), parsed.GetValue(detach), chosenOptions, cancellation);
            }

            return await session.StartAsync(spec, data, CommandText.Of(context.Arguments));
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
